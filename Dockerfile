FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props appsettings.json ./
COPY src/ToolService.Core/ToolService.Core.csproj src/ToolService.Core/
COPY src/ToolService.Api/ToolService.Api.csproj src/ToolService.Api/
RUN dotnet restore src/ToolService.Api
COPY .editorconfig ./
COPY src src
RUN dotnet publish src/ToolService.Api -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The distribution's SQLite gets its security updates; the one that comes with the packages does not. Time zones are for current_time,
# bubblewrap and git for commands.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends bubblewrap git libsqlite3-0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o $APP_UID -g $APP_UID /data
COPY --from=build /app /app
# Everything but /data may be read-only: no diagnostics socket is put in /tmp.
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    Storage__ConnectionString="Data Source=/data/toolservice.db"
WORKDIR /data
VOLUME /data
USER $APP_UID
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["dotnet", "/app/ToolService.Api.dll", "health", "http://localhost:8080"]
ENTRYPOINT ["dotnet", "/app/ToolService.Api.dll"]
