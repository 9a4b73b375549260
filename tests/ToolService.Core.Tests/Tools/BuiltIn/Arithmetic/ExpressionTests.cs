using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn.Arithmetic;

namespace ToolService.Core.Tests.Tools.BuiltIn.Arithmetic;

public class ExpressionTests
{
    [Theory]
    [InlineData("(1 + 2) * 3 ^ 2", "27")]
    [InlineData("17 * 23", "391")]
    [InlineData("2+3*4", "14")]
    [InlineData("10-4-3", "3")]
    [InlineData("100/10/5", "2")]
    [InlineData("2^3^2", "512")]
    [InlineData("-2^2", "-4")]
    [InlineData("(-2)^2", "4")]
    [InlineData("2^-1", "0.5")]
    [InlineData("2^-2^2", "0.0625")]
    [InlineData("2**10", "1024")]
    [InlineData("- -3", "3")]
    [InlineData("3--3", "6")]
    [InlineData("2*-3", "-6")]
    [InlineData("+5", "5")]
    [InlineData("7%3", "1")]
    [InlineData("-7%3", "-1")]
    [InlineData("5.5%2", "1.5")]
    [InlineData("0^0", "1")]
    [InlineData("6 ÷ 2 × 3 − 1", "8")]
    public void Operators_bind_as_in_school(string expression, string expected) => Assert.Equal(expected, Value(expression));

    [Theory]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1/3*3", "1")]
    [InlineData("1.10 * 3", "3.3")]
    [InlineData("1.5e3", "1500")]
    [InlineData("2E-3", "0.002")]
    [InlineData(".5 + 1.", "1.5")]
    [InlineData("2^64", "18446744073709551616")]
    [InlineData("2^100 - 1", "1267650600228229401496703205375")]
    [InlineData("9007199254740993 + 0", "9007199254740993")]
    [InlineData("1e20 + 1", "100000000000000000001")]
    [InlineData("10^28 / 10^28", "1")]
    [InlineData("1/8", "0.125")]
    [InlineData("1e-20", "0.00000000000000000001")]
    [InlineData("2^2000/2^1990", "1024")]
    public void Exact_numbers_stay_exact(string expression, string expected) => Assert.Equal(expected, Value(expression));

    [Theory]
    [InlineData("1/3", "0.333333333333333")]
    [InlineData("sqrt(2)^2", "2")]
    [InlineData("2^0.5", "1.4142135623731")]
    [InlineData("27^(1/3)", "3")]
    [InlineData("1e-200 * 1e-200", "0")]
    [InlineData("1e300 * sqrt(2)", "1.41421356237309E+300")]
    [InlineData("1e200/3", "3.33333333333333E+199")]
    public void Other_numbers_have_fifteen_digits(string expression, string expected) => Assert.Equal(expected, Value(expression));

    [Theory]
    [InlineData("sqrt(16)", "4")]
    [InlineData("sqrt(0.25)", "0.5")]
    [InlineData("sqrt(10^100)", "1E+50")]
    [InlineData("abs(-3.5)", "3.5")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("round(1234, -2)", "1200")]
    [InlineData("round(pi, 2)", "3.14")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(-1.5)", "-1")]
    [InlineData("ceil(1.1)", "2")]
    [InlineData("min(3, 1, 2)", "1")]
    [InlineData("max(3, sqrt(2), 2)", "3")]
    [InlineData("sin(0)", "0")]
    [InlineData("cos(0)", "1")]
    [InlineData("tan(0)", "0")]
    [InlineData("ln(e)", "1")]
    [InlineData("log(1000)", "3")]
    [InlineData("log(8, 2)", "3")]
    [InlineData("exp(1)", "2.71828182845905")]
    [InlineData("pi", "3.14159265358979")]
    [InlineData("2 * π * e", "17.0794684453471")]
    [InlineData("SQRT(9) + Pi - PI", "3")]
    public void Functions_and_constants_are_computed(string expression, string expected) => Assert.Equal(expected, Value(expression));

    [Theory]
    [InlineData("(1+2))", "unexpected ')' at position 6: an operator is expected here")]
    [InlineData("1 + * 2", "unexpected '*' at position 5: a number, a name or '(' is expected here")]
    [InlineData("1 +", "unexpected end of the expression: a number, a name or '(' is expected here")]
    [InlineData("(1 + 2", "unexpected end of the expression: ')' is missing for the '(' at position 1")]
    [InlineData("2 pi", "unexpected 'pi' at position 3: an operator is expected here")]
    [InlineData("2(3)", "unexpected '(' at position 2: an operator is expected here")]
    [InlineData("1,000 + 1", "unexpected ',' at position 2: write numbers without thousands separators")]
    [InlineData("1 $ 2", "unexpected '$' at position 3")]
    [InlineData("1 . 2", "unexpected '.' at position 3: a number has at least one digit")]
    [InlineData("2e", "unexpected 'e' at position 2: an operator is expected here")]
    [InlineData("x + 1", "unknown name 'x' at position 1: the constants are pi and e")]
    [InlineData("sqrt + 1", "'sqrt' at position 1 is a function: write sqrt(…)")]
    [InlineData("sqrt()", "'sqrt' at position 1 takes 1 argument, not 0")]
    [InlineData("round(1, 2, 3)", "'round' at position 1 takes 1 to 2 arguments, not 3")]
    [InlineData("1e999", "the number '1e999' at position 1 is too large or too small")]
    [InlineData("5 + 1e310", "the number '1e310' at position 5 is too large")]
    [InlineData("  ", "the expression is empty")]
    public void A_mistake_is_named_with_its_position(string expression, string message) => Assert.Equal(message, Failure(expression));

    [Fact]
    public void An_unknown_function_is_answered_with_the_known_ones() =>
        Assert.StartsWith(
            "unknown function 'system' at position 1: the functions are sqrt, abs, round",
            Failure("system(1)"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1/0", "division by zero")]
    [InlineData("1/(2-2)", "division by zero")]
    [InlineData("1%0", "division by zero in '%'")]
    [InlineData("0^-1", "division by zero: 0 to a negative power")]
    [InlineData("sqrt(-1)", "sqrt is not defined for the negative number -1")]
    [InlineData("ln(0)", "ln is defined for positive numbers only, not for 0")]
    [InlineData("log(-1)", "log is defined for positive numbers only, not for -1")]
    [InlineData("log(8, 1)", "the base of a logarithm must be positive and not 1")]
    [InlineData("(-8)^(1/3)", "a negative number has no real power with a fraction as exponent")]
    [InlineData("round(1, 0.5)", "round takes a whole number of digits from -15 to 15, not 0.5")]
    [InlineData("10^1000", "the result is too large (more than about 1.8e308)")]
    [InlineData("9^9^9^9", "the result is too large (more than about 1.8e308)")]
    [InlineData("exp(1000)", "the result is too large (more than about 1.8e308)")]
    [InlineData("2^1024", "the result is too large (more than about 1.8e308)")]
    public void What_has_no_value_is_an_error(string expression, string message) => Assert.Equal(message, Failure(expression));

    [Fact]
    public void Length_is_limited() =>
        Assert.Equal("the expression has 1001 characters; at most 1000 are allowed", Failure(new string('1', 1001)));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("2^", "")]
    [InlineData("abs(", ")")]
    public void Nesting_is_limited(string open, string close)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));

        Assert.StartsWith("the expression is nested more than 100 deep", Failure(Nested(101)), StringComparison.Ordinal);
        Assert.NotEmpty(Value(Nested(99).Replace("2^", "1^", StringComparison.Ordinal)));
    }

    private static string Value(string expression) => Expression.Evaluate(expression).ToString();

    private static string Failure(string expression) => Assert.Throws<ToolException>(() => Value(expression)).Message;
}
