BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $env:ASTRO_HOME = Join-Path $TestDrive 'no-cli'
    $hostile = '<script>alert(1)</script>"''=cmd'
    $null = New-EmulatorToken @{ name = $hostile; scope = 'WORKSPACE'; neverExpires = $true }
    $null = New-EmulatorToken @{ name = '=cmd|calc'; scope = 'WORKSPACE' }
}
AfterAll {
    Stop-TestEmulator
    Remove-Item Env:ASTRO_HOME
}

Describe 'Export-AstroTokenReport' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
        Clear-EmulatorRequest
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    It 'writes a page of the whole organization, and gives the file only with -PassThru' {
        Push-Location $folder
        try {
            Export-AstroTokenReport tokens.html | Should -BeNullOrEmpty
            $file = Export-AstroTokenReport ./tokens.html -PassThru
        } finally { Pop-Location }
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $folder 'tokens.html')
        $html = Get-Content $file -Raw
        $html | Should -Match '<h1>API tokens of <bdi>Northwind Traders</bdi></h1>'
        [regex]::Matches($html, '<tr id="token-').Count | Should -Be @(Get-AstroApiToken).Count
        foreach ($finding in Test-AstroApiToken) { $html | Should -Match "<a class=`"badge`" href=`"#rule-$($finding.RuleId)`"" }
        $html | Should -Not -Match '<script>alert'
        $html | Should -Match ([regex]::Escape('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;=cmd'))
        $html | Should -Not -Match 'https?://'
        Get-ChildItem $folder | Should -HaveCount 1 -Because 'nothing is left beside the report'
    }

    It 'writes JSON and CSV that other tools read' {
        Export-AstroTokenReport (Join-Path $folder a.json)
        Export-AstroTokenReport (Join-Path $folder a.csv)
        $json = Get-Content (Join-Path $folder a.json) -Raw | ConvertFrom-Json
        $csv = Import-Csv (Join-Path $folder a.csv)
        $json.organization | Should -Be 'Northwind Traders'
        $json.tokens.name | Should -Contain $hostile
        $json.findings.Count | Should -Be @(Test-AstroApiToken).Count
        $csv.Name | Should -Contain $hostile
        $csv.Name | Should -Contain "'=cmd|calc" -Because 'a spreadsheet would run it'
        $csv.Count | Should -Be $json.tokens.Count
        ($csv | Where-Object Name -EQ terraform).RuleIds | Should -Be 'NeverExpires; NotRotated; BroadRole'
    }

    It 'names the organization also where the connection knows its id only, and does without where that is refused' {
        $path = Join-Path $folder named.json
        Disconnect-Astro -All
        Connect-Astro -SkipValidation -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
        Get-AstroApiToken terraform | Export-AstroTokenReport $path
        (Get-Content $path -Raw | ConvertFrom-Json).organization | Should -Be 'Northwind Traders'
        Disconnect-Astro -All
        Connect-Astro -SkipValidation -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
        Add-EmulatorFault @{ method = 'GET'; path = '/organizations/[^/]+$'; status = 403; count = 0 }
        Get-AstroApiToken terraform | Export-AstroTokenReport $path -Force
        (Get-Content $path -Raw | ConvertFrom-Json).organization | Should -Be $astro.organization.id
        Clear-EmulatorFault
    }

    It 'writes what is piped in, and the rules and limits that are asked for' {
        $path = Join-Path $folder some.json
        Get-AstroApiToken terraform, airbyte | Export-AstroTokenReport $path -Rule ExpiresSoon, NeverExpires -ExpiringWithin 30
        $json = Get-Content $path -Raw | ConvertFrom-Json
        $json.tokens.name | Sort-Object | Should -Be airbyte, terraform
        $json.findings.ruleId | Sort-Object | Should -Be ExpiresSoon, NeverExpires
        $json.limitsInDays.expiringWithin | Should -Be 30
        $json.summary.rules.id | Should -Be NeverExpires, ExpiresSoon
        @(Get-SentRequest -AtLeast 1 | Where-Object path -Match '/users$') | Should -BeNullOrEmpty
    }

    It 'writes over a file, but not with -NoClobber, and over a read-only one with -Force' {
        $path = Join-Path $folder kept.csv
        Set-Content $path former
        $failure = Get-Failure { Export-AstroTokenReport $path -NoClobber }
        $failure.Id | Should -Be ReportExists
        $failure.Category | Should -Be ResourceExists
        Get-EmulatorRequest | Should -BeNullOrEmpty
        (Get-Item $path).IsReadOnly = $true
        (Get-Failure { Export-AstroTokenReport $path }).Id | Should -Be ReportNotWritten
        Get-Content $path | Should -Be former
        Export-AstroTokenReport $path -Force
        Get-Content $path -Raw | Should -Match '^"Name"'
    }

    It 'refuses what it cannot write before anything is asked: <Name>' -ForEach @(
        @{ Name = 'report.pdf'; Id = 'ReportFormatUnknown' }, @{ Name = 'report'; Id = 'ReportFormatUnknown' }, @{ Name = 'no/such/folder/a.html'; Id = 'ReportNotWritten' }
    ) {
        $failure = Get-Failure { Export-AstroTokenReport (Join-Path $folder $Name) }
        $failure.Id | Should -Be $Id
        $failure.Terminating | Should -BeTrue
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }

    It 'writes nothing when the tokens could not be listed' {
        Add-EmulatorFault @{ path = '/tokens$'; status = 403; count = 0 }
        (Get-Failure { Export-AstroTokenReport (Join-Path $folder a.html) }).Id | Should -Be Forbidden
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'neither asks nor writes with -WhatIf' {
        Export-AstroTokenReport (Join-Path $folder a.html) -WhatIf
        Get-ChildItem $folder | Should -BeNullOrEmpty
        Get-EmulatorRequest | Should -BeNullOrEmpty
    }
}
