# What Get-AstroAccessToken -AsPlainText says to a CI service, seen from outside the process.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/ChildProcess.psm1') -Force
    $astro = Start-TestEmulator
    $value = $astro.tokens.workspaceOwner.value
    function Invoke-Job([hashtable] $Service, [scriptblock] $Script) {
        Invoke-ChildPwsh -Script $Script -Environment (@{ ASTRO_DOMAIN = $astro.domain; ASTRO_API_TOKEN = $value } + $Service)
    }
}
AfterAll { Stop-TestEmulator }

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
