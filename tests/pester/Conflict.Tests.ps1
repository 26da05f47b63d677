# AstroAuth beside modules that bring other versions of the same libraries, loaded first and last.

BeforeAll {
    'Emulator', 'ChildProcess', 'Login' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-TestEmulator
    # Pester lies in the packages folder, and what build/Tools.csproj downloads lies beside it.
    $packages = Split-Path (Split-Path (Split-Path (Get-Module Pester).ModuleBase))
    function Get-Library([string] $Package, [string] $Version, [string] $Framework) {
        Get-ChildItem (Join-Path $packages "$($Package.ToLowerInvariant())/$Version/lib/$Framework/$Package.dll") -ErrorAction Stop
    }

    function Invoke-Beside([hashtable] $Environment) {
        $common = @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $astro.tokens.workspaceOwner.value }
        Invoke-ChildPwsh -Environment ($common + $Environment) {
            $ErrorActionPreference = 'Stop'
            function Use-Astro {
                Connect-Astro
                $token = New-AstroApiToken -Name beside -Role WORKSPACE_MEMBER -ExpiresInDays 1
                Invoke-AstroRequest "organizations/{organizationId}/tokens/$($token.Id)" -Method Delete
                "astro $(Test-AstroConnection)"
            }
            $libraries = $env:LIBRARIES -split ';'
            function Use-Other {
                switch ($env:OTHER) {
                    'msal' {
                        foreach ($library in $libraries) { $null = [Reflection.Assembly]::LoadFrom($library) }
                        $app = [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create('11111111-2222-3333-4444-555555555555').Build()
                        "other $($app.AppConfig.ClientId.Substring(0, 4)) $($app.GetType().Assembly.GetName().Version.ToString(3))"
                    }
                    'polly' {
                        foreach ($library in $libraries) { $null = [Reflection.Assembly]::LoadFrom($library) }
                        $pipeline = [Polly.ResiliencePipelineBuilder]::new().Build()
                        $pipeline.Execute([Action] { 'ran' | Out-Null })
                        "other poly $([Diagnostics.FileVersionInfo]::GetVersionInfo([Polly.ResiliencePipeline].Assembly.Location).FileVersion)"
                    }
                    'json' {
                        if (-not $script:context) { $script:context = [Runtime.Loader.AssemblyLoadContext]::new('another module') }
                        $assembly = $script:context.LoadFromAssemblyPath($libraries[0])
                        $node = $assembly.GetType('System.Text.Json.Nodes.JsonNode').GetMethods().Where({ $_.Name -eq 'Parse' -and $_.GetParameters()[0].ParameterType -eq [string] })[0]
                        $own = $node.Invoke($null, @('{"a":1}', $null, [Activator]::CreateInstance($assembly.GetType("System.Text.Json.JsonDocumentOptions"))))
                        $shared = [Text.Json.JsonDocument]::Parse('[1,2]').RootElement.GetRawText()
                        "other $shared $("$own".Trim().Length) $($assembly.GetName().Version.Major)"
                    }
                }
            }
            if ($env:ORDER -eq 'first') { Use-Other; Use-Astro; Use-Other }
            else { Use-Astro; Use-Other; Use-Astro }
            # Whose libraries the engine works with.
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'AstroAuth.Engine', 'Polly.Core' } | ForEach-Object {
                "context $($_.GetName().Name) $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name) $([Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion)"
            } | Sort-Object
        }
    }
}
AfterAll { Stop-TestEmulator }

Describe 'AstroAuth beside others' {
    It 'works with Microsoft.Identity.Client <Version> loaded <Order>, and so does that' -ForEach @(
        @{ Version = '4.61.3'; Framework = 'net6.0'; Abstractions = '6.35.0'; Order = 'first' }
        @{ Version = '4.61.3'; Framework = 'net6.0'; Abstractions = '6.35.0'; Order = 'last' }
        @{ Version = '4.92.0'; Framework = 'net8.0'; Abstractions = '8.14.0'; Order = 'first' }
        @{ Version = '4.92.0'; Framework = 'net8.0'; Abstractions = '8.14.0'; Order = 'last' }
    ) {
        $libraries = (Get-Library Microsoft.IdentityModel.Abstractions $Abstractions $Framework), (Get-Library Microsoft.Identity.Client $Version $Framework)
        $child = Invoke-Beside @{ OTHER = 'msal'; ORDER = $Order; LIBRARIES = $libraries -join ';' }
        $child.StdErr | Should -BeNullOrEmpty
        $lines = $child.StdOut -split '\r?\n'
        $expected = if ($Order -eq 'first') { "other 1111 $Version", 'astro True', "other 1111 $Version" } else { 'astro True', "other 1111 $Version", 'astro True' }
        $lines[0..2] | Should -Be $expected
        @($lines | Where-Object { $_ -like 'context AstroAuth.Engine AstroAuth *' }).Count | Should -Be 1
    }

    It 'signs a person in and renews with Microsoft.Identity.Client 4.61.3 loaded <Order>, and so does that' -ForEach @(@{ Order = 'first' }, @{ Order = 'last' }) -Skip:(-not $IsLinux) {
        $null = Set-EmulatorSetting @{ accessTokenLifetimeSeconds = 60 }
        $libraries = (Get-Library Microsoft.IdentityModel.Abstractions 6.35.0 net6.0), (Get-Library Microsoft.Identity.Client 4.61.3 net6.0)
        $terminal = Start-TerminalPwsh -Environment @{
            ASTRO_DOMAIN = $astro.httpsDomain; ASTRO_CA_FILE = $astro.caFile; TEST_WORKSPACE = $astro.workspaces[0].name
            ORDER = $Order; LIBRARIES = $libraries -join ';'
        } {
            function Use-Other {
                foreach ($library in $env:LIBRARIES -split ';') { $null = [Reflection.Assembly]::LoadFrom($library) }
                $app = [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create('11111111-2222-3333-4444-555555555555').Build()
                "other $($app.GetType().Assembly.GetName().Version.ToString(3))"
            }
            if ($env:ORDER -eq 'first') { Use-Other }
            (Connect-Astro -Interactive -NoPersist -Workspace $env:TEST_WORKSPACE -PassThru).User
            if ($env:ORDER -eq 'last') { Use-Other }
            "renewed $((Get-AstroAccessToken).Kind) $(Test-AstroConnection)"
            Use-Other
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Microsoft.Identity.Client' } | ForEach-Object {
                "in $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name) $($_.GetName().Version.ToString(3))"
            } | Sort-Object
        }
        $null = Complete-LoginPage -Link (Receive-LoginLink $terminal) -User $astro.users.owner
        $result = Wait-TerminalPwsh $terminal
        $result.errors | Should -BeNullOrEmpty
        $expected = @($astro.users.owner.email; 'renewed User True'; 'other 4.61.3'; 'in AstroAuth 4.92.0'; 'in Default 4.61.3')
        $expected = if ($Order -eq 'first') { @('other 4.61.3') + $expected } else { @($expected[0], 'other 4.61.3') + $expected[1..4] }
        $result.output -split '\r?\n' | Should -Be $expected
    }

    It 'works with another Polly.Core loaded <Order>, and each keeps its own' -ForEach @(@{ Order = 'first' }, @{ Order = 'last' }) {
        $child = Invoke-Beside @{ OTHER = 'polly'; ORDER = $Order; LIBRARIES = "$(Get-Library Polly.Core 8.4.2 net8.0)" }
        $child.StdErr | Should -BeNullOrEmpty
        $lines = $child.StdOut -split '\r?\n'
        @($lines | Where-Object { $_ -eq 'astro True' }).Count | Should -Be (1, 2)[$Order -eq 'last']
        @($lines | Where-Object { $_ -like 'other poly 8.4.2*' }).Count | Should -Be (2, 1)[$Order -eq 'last']
        @($lines | Where-Object { $_ -like 'context Polly.Core Default 8.4.2*' }).Count | Should -Be 1
        $own = @($lines | Where-Object { $_ -like 'context Polly.Core AstroAuth *' })
        $own.Count | Should -Be 1
        $own[0] | Should -Not -BeLike '* 8.4.2*'
    }

    It 'works with a user of another System.Text.Json <Order>, and so does that' -ForEach @(@{ Order = 'first' }, @{ Order = 'last' }) {
        $child = Invoke-Beside @{ OTHER = 'json'; ORDER = $Order; LIBRARIES = "$(Get-Library System.Text.Json 8.0.5 net8.0)" }
        $child.StdErr | Should -BeNullOrEmpty
        $lines = $child.StdOut -split '\r?\n'
        @($lines | Where-Object { $_ -eq 'astro True' }).Count | Should -Be (1, 2)[$Order -eq 'last']
        @($lines | Where-Object { $_ -match '^other \[1,2\] \d+ 8$' }).Count | Should -Be (2, 1)[$Order -eq 'last']
    }
}
