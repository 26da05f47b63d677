# What jobs of a CI service see of an access token, and what is handed to their later steps, seen from outside the process.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    $astro = Start-TestEmulator
    $value = $astro.tokens.workspaceOwner.value
    $none = @{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $value; TF_BUILD = $null; GITHUB_ACTIONS = $null; CI = $null; GITHUB_ENV = $null; GITHUB_OUTPUT = $null }
    function Invoke-Job([hashtable] $Service, [scriptblock] $Script) {
        $environment = $none.Clone()
        foreach ($key in $Service.Keys) { $environment[$key] = $Service[$key] }
        Invoke-ChildPwsh -Script $Script -Environment $environment
    }
    function New-JobFile([string] $Name) {
        $path = Join-Path $TestDrive $Name
        Set-Content -LiteralPath $path -Value 'BEFORE=1'
        $path
    }
}
AfterAll { Stop-TestEmulator }

Describe 'Export-AstroAccessToken in Azure Pipelines' {
    It 'hides the value first, then sets a secret variable, and gives nothing' {
        $job = Invoke-Job @{ TF_BUILD = 'True' } { "out $(@(Export-AstroAccessToken -VariableName AstroToken).Count)" }
        $job.StdErr | Should -BeNullOrEmpty
        $job.ExitCode | Should -Be 0
        $job.StdOut -split '\r?\n' | Should -Be @("##vso[task.setsecret]$value", "##vso[task.setvariable variable=AstroToken;issecret=true]$value", 'out 0')
    }

    It 'sets an output of the step with -Output' {
        $job = Invoke-Job @{ TF_BUILD = 'True' } { Export-AstroAccessToken AstroToken -Output }
        ($job.StdOut -split '\r?\n')[1] | Should -BeExactly "##vso[task.setvariable variable=AstroToken;issecret=true;isOutput=true]$value"
    }

    It 'refuses names that would not arrive or would break the command' {
        $job = Invoke-Job @{ TF_BUILD = 'True' } {
            foreach ($name in 'SecretToken', 'path_x', 'a;b', 'a]b', '1a', 'a b') {
                try { Export-AstroAccessToken $name -ErrorAction Stop; "$name was taken" } catch { "$($_.FullyQualifiedErrorId)" }
            }
        }
        $job.StdOut -split '\r?\n' | Should -Be (@('InvalidVariableName,AstroAuth.Commands.AccessToken.ExportAstroAccessTokenCommand') * 6)
    }

    It 'changes nothing with -WhatIf' {
        $job = Invoke-Job @{ TF_BUILD = 'True' } { Export-AstroAccessToken AstroToken -WhatIf }
        $job.StdOut | Should -BeLike 'What if:*AstroToken*'
        $job.StdOut | Should -Not -Match '##vso'
    }
}

Describe 'Export-AstroAccessToken in GitHub Actions' {
    It 'hides the value, then adds the variable to <File>, and leaves what is there' -ForEach @(
        @{ File = 'GITHUB_ENV'; Output = $false }
        @{ File = 'GITHUB_OUTPUT'; Output = $true }
    ) {
        $path = New-JobFile $File
        $job = Invoke-Job @{ GITHUB_ACTIONS = 'true'; $File = $path; AS_OUTPUT = $Output } {
            Export-AstroAccessToken -VariableName ASTRO_TOKEN -Output:($env:AS_OUTPUT -eq 'True')
        }
        $job.StdErr | Should -BeNullOrEmpty
        $job.StdOut | Should -BeExactly "::add-mask::$value"
        [IO.File]::ReadAllText($path) -replace '\r' | Should -BeExactly "BEFORE=1`nASTRO_TOKEN=$value`n"
    }

    It 'says that the file is missing before it asks for a token' {
        $job = Invoke-Job @{ GITHUB_ACTIONS = 'true'; GITHUB_ENV = (Join-Path $TestDrive 'gone') } {
            try { Export-AstroAccessToken X_TOKEN -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId)" }
        }
        $job.StdOut | Should -BeLike 'PipelineFileMissing,*'
    }

    It 'refuses names of the runner itself' {
        $job = Invoke-Job @{ GITHUB_ACTIONS = 'true'; GITHUB_ENV = (New-JobFile 'env') } {
            foreach ($name in 'GITHUB_TOKEN', 'RUNNER_X', 'NODE_OPTIONS') {
                try { Export-AstroAccessToken $name -ErrorAction Stop; "$name was taken" } catch { ($_.FullyQualifiedErrorId -split ',')[0] }
            }
        }
        $job.StdOut -split '\r?\n' | Should -Be (@('InvalidVariableName') * 3)
    }
}

Describe 'Export-AstroAccessToken outside of CI' {
    It 'refuses, and shows no value' {
        $job = Invoke-Job @{} { try { Export-AstroAccessToken AstroToken -ErrorAction Stop } catch { "$($_.FullyQualifiedErrorId) $_" } }
        $job.StdOut | Should -BeLike 'NotInPipeline,*Get-AstroAccessToken*'
        $job.StdOut | Should -Not -Match ([regex]::Escape($value))
    }
}

Describe 'Get-AstroAccessToken -AsPlainText in CI' {
    It 'hides the value in the log of <Service> before it gives it' -ForEach @(
        @{ Service = 'Azure Pipelines'; Variable = 'TF_BUILD'; Set = 'True'; Command = '##vso[task.setsecret]' }
        @{ Service = 'GitHub Actions'; Variable = 'GITHUB_ACTIONS'; Set = 'true'; Command = '::add-mask::' }
    ) {
        $job = Invoke-Job @{ $Variable = $Set } {
            $token = Get-AstroAccessToken -AsPlainText
            "length $($token.Length) count $(@($token).Count)"
        }
        $job.ExitCode | Should -Be 0
        $lines = $job.StdOut -split '\r?\n'
        $lines[0] | Should -BeExactly "$Command$value"
        $lines[1] | Should -Be "length $($value.Length) count 1"
        $lines.Count | Should -Be 2
        $job.StdErr | Should -BeNullOrEmpty
    }

    It 'keeps the mask out of every stream that a script can catch' {
        $job = Invoke-Job @{ GITHUB_ACTIONS = 'true' } {
            $caught = @(Get-AstroAccessToken -AsPlainText *>&1)
            "caught $($caught.Count) $($caught[0].GetType().Name)"
        }
        $job.StdOut | Should -BeLike '::add-mask::*caught 1 String'
    }

    It 'says nothing outside of CI, where a mask would itself show the value' {
        $job = Invoke-Job @{ TF_BUILD = $null; GITHUB_ACTIONS = $null; CI = $null } { (Get-AstroAccessToken -AsPlainText).Length }
        $job.StdOut | Should -Be "$($value.Length)"
    }

    It 'says nothing where the value stays protected' {
        $job = Invoke-Job @{ TF_BUILD = 'True'; GITHUB_ACTIONS = 'true' } { (Get-AstroAccessToken).Token.Length }
        $job.StdOut | Should -Be "$($value.Length)"
    }
}
