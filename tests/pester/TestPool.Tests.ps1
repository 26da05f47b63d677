# What a test run makes of files that fail or crash: one that is not counted would look like a success.

BeforeAll {
    'Outcome', 'PesterRun', 'TestPool' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "../../build/Support/$_.psm1") -Force }
    $results = (New-Item -ItemType Directory (Join-Path $TestDrive 'results')).FullName
    $files = @{
        Passes  = "It 'passes' { }"
        Fails   = "It 'passes' { }; It 'fails' { throw 'as it should' }"
        Crashes = "It 'passes' { }; It 'ends the process' { [Environment]::Exit(3) }"
    }
    $jobs = foreach ($name in $files.Keys) {
        $file = Join-Path $TestDrive "$name.Tests.ps1"
        Set-Content $file "Describe 'a file' { $($files[$name]) }"
        @{ Kind = 'PesterFile'; Parameters = @{ File = $file; PesterFolder = (Get-Module Pester).ModuleBase; Results = $results; Environment = @{} } }
    }
    $outcomes = @(Invoke-TestPool $jobs)
}

Describe 'a test run' {
    It 'counts what passed and failed in a file that <Name>' -ForEach @(
        @{ Name = 'Passes'; Passed = 1; Failed = 0; Why = $null }
        @{ Name = 'Fails'; Passed = 1; Failed = 1; Why = '*as it should*' }
        @{ Name = 'Crashes'; Passed = 0; Failed = 1; Why = '*exit code 3*' }
    ) {
        $outcome = $outcomes | Where-Object Name -EQ $Name
        $outcome.Passed, $outcome.Failed | Should -Be $Passed, $Failed
        if ($Why) { $outcome.Failures.Message | Should -BeLike $Why }
    }

    It 'adds them up, and takes a run without tests for a failure' {
        $total = Get-TestTotal -Outcome $outcomes -Partial
        $total.Passed, $total.Failed | Should -Be 2, 2
        (Get-TestTotal -Outcome @() -Partial 6>$null).Failed | Should -Be 1
        (Get-TestTotal -Outcome ($outcomes | Where-Object Name -EQ Passes) 6>$null).Failed | Should -Be 1 -Because 'no xunit test ran'
    }
}
