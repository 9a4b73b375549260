using System.Reflection;
using System.Reflection.Emit;
using ToolService.Core.Tools;

namespace ToolService.Api.Tests.Plugins;

/// <summary>Assemblies that are written as a test needs them, without a compiler.</summary>
internal sealed class EmittedAssembly
{
    private readonly PersistedAssemblyBuilder _assembly;
    private readonly ModuleBuilder _module;

    public EmittedAssembly(string name)
    {
        _assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(3, 1, 0, 0) }, typeof(object).Assembly);
        _module = _assembly.DefineDynamicModule(name);
    }

    /// <summary>Adds a class with a tool of this name that answers with its own name.</summary>
    /// <param name="type">The class.</param>
    /// <param name="tool">The tool; null for a class without one.</param>
    /// <param name="parent">What the class derives from.</param>
    /// <param name="failure">What its constructor throws; null for nothing.</param>
    /// <param name="asksFor">What its constructor asks for; null for nothing.</param>
    /// <param name="isVisible">Whether the tool's method is public.</param>
    /// <param name="attributes">What kind of class it is.</param>
    /// <param name="disposal">The file that it writes when it is disposed of; null for a class that is not.</param>
    public Type Add(
        string type,
        string? tool,
        Type? parent = null,
        Type? failure = null,
        Type? asksFor = null,
        bool isVisible = true,
        TypeAttributes attributes = TypeAttributes.Public | TypeAttributes.Sealed,
        string? disposal = null)
    {
        var definition = _module.DefineType(type, attributes, parent ?? typeof(object));
        if (!attributes.HasFlag(TypeAttributes.Abstract))
            AddConstructor(definition, parent, failure, asksFor);
        if (disposal is not null)
            AddDisposal(definition, disposal);
        if (tool is not null)
            AddTool(definition, tool, isVisible, attributes.HasFlag(TypeAttributes.Abstract));
        return definition.CreateType();
    }

    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _assembly.Save(path);
    }

    private static void AddConstructor(TypeBuilder definition, Type? parent, Type? failure, Type? asksFor)
    {
        var code = definition.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, asksFor is null ? [] : [asksFor]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, (parent ?? typeof(object)).GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [])!);
        if (failure is not null)
        {
            code.Emit(OpCodes.Ldstr, "a secret of the plugin");
            if (failure.GetConstructor([typeof(string)]) is null)
                code.Emit(OpCodes.Ldnull);
            code.Emit(OpCodes.Newobj, failure.GetConstructor([typeof(string)]) ?? failure.GetConstructor([typeof(string), typeof(Exception)])!);
            code.Emit(OpCodes.Throw);
        }

        code.Emit(OpCodes.Ret);
    }

    private static void AddDisposal(TypeBuilder definition, string file)
    {
        definition.AddInterfaceImplementation(typeof(IDisposable));
        var code = definition.DefineMethod(nameof(IDisposable.Dispose), MethodAttributes.Public | MethodAttributes.Virtual, typeof(void), []).GetILGenerator();
        code.Emit(OpCodes.Ldstr, file);
        code.Emit(OpCodes.Ldstr, "disposed");
        code.Emit(OpCodes.Call, typeof(File).GetMethod(nameof(File.WriteAllText), [typeof(string), typeof(string)])!);
        code.Emit(OpCodes.Ret);
    }

    private static void AddTool(TypeBuilder definition, string tool, bool isVisible, bool isStatic)
    {
        var attributes = (isVisible ? MethodAttributes.Public : MethodAttributes.Assembly) | (isStatic ? MethodAttributes.Static : 0);
        var method = definition.DefineMethod("Answer", attributes, typeof(string), []);
        method.SetCustomAttribute(new CustomAttributeBuilder(typeof(ToolAttribute).GetConstructor([typeof(string)])!, [tool]));
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, tool);
        code.Emit(OpCodes.Ret);
    }
}
