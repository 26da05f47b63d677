BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroOrganization' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
    }

    It 'gives the organizations that the credential sees, with what Astro says of them' {
        $all = @(Get-AstroOrganization)
        $listed = @(Invoke-AstroRequest organizations -All)
        $all.Id | Should -Be $listed.id
        $all[0].Name | Should -Be $astro.organization.name
        $all[0].Product | Should -Be $listed[0].product
        $all[0].Plan | Should -Be $listed[0].productPlans[0].productPlanName
        $all[0].CreatedOn | Should -Be ([DateTimeOffset]$listed[0].createdAt)
        "$($all[0].CreatedBy)" | Should -Be $listed[0].createdBy.username
    }

    It 'finds names with wildcards in any case, and says which spelled-out names are not there' {
        (Get-AstroOrganization northwind*).Id | Should -Be $astro.organization.id
        Get-AstroOrganization nothing* 2>&1 | Should -BeNullOrEmpty
        $failure = Get-Failure { Get-AstroOrganization nowhere, $astro.organization.name.ToUpperInvariant() }
        $failure.Id | Should -Be 'NoSuchOrganization'
        $failure.Target | Should -Be 'nowhere'
        $failure.Output.Id | Should -Be $astro.organization.id
    }

    It 'gives one by its id, and goes on after one that is not there' {
        $failure = Get-Failure { Get-AstroOrganization -Id $astro.foreignOrganization.id, $astro.organization.id }
        $failure.Id | Should -Be 'Forbidden'
        $failure.Output.Name | Should -Be $astro.organization.name
        (Get-AstroOrganization | Get-AstroOrganization).Id | Should -Be $astro.organization.id
    }

    It 'is taken where an organization is named, and then completed from memory' {
        $organization = Get-AstroOrganization
        (Set-AstroConnection -Organization $organization -PassThru).Organization.Id | Should -Be $astro.organization.id
        Clear-EmulatorRequest
        (TabExpansion2 'Connect-Astro -Organization north').CompletionMatches.CompletionText | Should -Be "'Northwind Traders'"
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'fits its table into 80 columns' {
        $lines = (Get-AstroOrganization | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match "Northwind Traders\s+HOSTED\s+TEAM_V2\s+ACTIVE\s+$($astro.organization.id)"
    }
}
