# The guide's commands, taken out of its text and run one after another: what it says works, works.

BeforeDiscovery {
    $page = Get-Content (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'docs/guides/least-privilege.md') -Raw
    $heading = ''
    $blocks = foreach ($match in [regex]::Matches($page, '(?ms)^## (?<title>[^\n]+)|^```powershell(?<fails> fails)?\n(?<code>.*?)^```')) {
        if ($match.Groups['title'].Success) { $heading = $match.Groups['title'].Value.Trim() }
        elseif ($match.Groups['code'].Value -notmatch 'Read-Host') {
            @{ Heading = $heading; Code = $match.Groups['code'].Value; Fails = $match.Groups['fails'].Success; First = ($match.Groups['code'].Value -split "`n")[0] }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
}
AfterAll { Stop-TestEmulator }

Describe 'docs/guides/least-privilege.md' {
    It 'has commands' { @($blocks).Count | Should -BeGreaterThan 10 } -TestCases @{ blocks = $blocks }

    It '<Heading>: <First>' -ForEach $blocks {
        # Not in a scope of its own: a later block uses what an earlier one kept.
        if ($Fails) { (Get-Failure ([scriptblock]::Create($Code))).Id | Should -Be 'Forbidden' }
        else {
            $script:failed = $null
            . ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n" + ($Code -replace '(?m)^(\$\w+) =', '$$script:$1 =' -replace '\$script:\$', '$script:')))
        }
    }
}
