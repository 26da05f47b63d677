BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    function ConvertTo-Token($Claims) {
        $json = if ($Claims -is [string]) { $Claims } else { ConvertTo-Json $Claims -Compress }
        $middle = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)).TrimEnd('=').Replace('+', '-').Replace('/', '_')
        ConvertTo-Secure "eyJhbGciOiJSUzI1NiJ9.$middle.c2lnbmF0dXJl"
    }
}
AfterAll { Stop-TestEmulator }

Describe 'ConvertFrom-AstroToken' {
    BeforeEach { Reset-Session }

    It 'tells what a deployment token says of itself' {
        $sample = $astro.tokens.deploymentAdmin
        $info = ConvertFrom-AstroToken (ConvertTo-Secure $sample.value)
        $info.Kind | Should -Be 'ApiToken'
        $info.Scope | Should -Be 'DEPLOYMENT'
        $info.TokenId | Should -Be $sample.id
        $info.OrganizationId | Should -Be $astro.organization.id
        $info.WorkspaceId | Should -Be $astro.workspaces[0].id
        $info.DeploymentId | Should -Be $astro.deployments[0].id
        $info.Subject | Should -Be "apiToken|$($sample.id)"
        $info.Audience | Should -Be 'astronomer-ee'
        $info.DaysLeft | Should -Be 64
        $info.IsExpired | Should -BeFalse
        $info.IssuedOn | Should -BeLessThan ([DateTimeOffset]::UtcNow)
        ($info.ExpiresOn - $info.IssuedOn).TotalDays | Should -Be 90
    }

    It 'tells the scope of a token: <Key>' -ForEach @(
        @{ Key = 'organizationMember'; Scope = 'ORGANIZATION' }
        @{ Key = 'workspaceAuthor'; Scope = 'WORKSPACE' }
    ) {
        (ConvertFrom-AstroToken (ConvertTo-Secure $astro.tokens.$Key.value)).Scope | Should -Be $Scope
    }

    It 'reads an expired token and one of the future' {
        $info = ConvertFrom-AstroToken (ConvertTo-Secure $astro.tokens.expired.value)
        $info.IsExpired | Should -BeTrue
        $info.DaysLeft | Should -BeLessThan -7
        $future = ConvertFrom-AstroToken (ConvertTo-Secure $astro.tokens.notYetValid.value)
        $future.NotBefore | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddDays(29))
    }

    It 'reads one that never expires' {
        $info = ConvertFrom-AstroToken (ConvertTo-Secure (New-EmulatorToken @{ scope = 'WORKSPACE'; neverExpires = $true }).value)
        $info.ExpiresOn | Should -BeNullOrEmpty
        $info.DaysLeft | Should -BeNullOrEmpty
        $info.IsExpired | Should -BeFalse
        "$info" | Should -BeLike '*never expires'
    }

    It "knows a user's access token" {
        $info = ConvertFrom-AstroToken (ConvertTo-Secure $astro.users.owner.accessToken)
        $info.Kind | Should -Be 'AccessToken'
        $info.Scope | Should -BeNullOrEmpty
        $info.TokenId | Should -BeNullOrEmpty
        $info.Permissions | Should -BeNullOrEmpty
    }

    It 'takes a token, and what Get-AstroAccessToken gives, from the pipeline' {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -Domain $astro.domain -SkipValidation
        (Get-AstroAccessToken | ConvertFrom-AstroToken).TokenId | Should -Be $astro.tokens.workspaceOwner.id
        ((Get-AstroAccessToken).Token | ConvertFrom-AstroToken).TokenId | Should -Be $astro.tokens.workspaceOwner.id
    }

    It 'reads claims of unexpected shape without failing' {
        $info = ConvertFrom-AstroToken (ConvertTo-Token @{
                aud = 'a', 'b'; exp = 4102444800.5; iat = 'yesterday'; sub = 5; permissions = @('organizationId:o', 'other', 'x:', 7); extra = @{ a = @(1) }
            })
        $info.Audience | Should -Be 'a', 'b'
        $info.ExpiresOn.Year | Should -Be 2100
        $info.IssuedOn | Should -BeNullOrEmpty
        $info.Subject | Should -BeNullOrEmpty
        $info.OrganizationId | Should -Be 'o'
        $info.Scope | Should -Be 'ORGANIZATION'
    }

    It 'refuses <Case>, goes on, and never repeats it' -ForEach @(
        @{ Case = 'a plain text'; Text = 'canary-text' }
        @{ Case = 'two parts'; Text = 'canary.text' }
        @{ Case = 'four parts'; Text = 'canary.b.c.d' }
        @{ Case = 'no base64'; Text = 'canary.!!!.c' }
        @{ Case = 'no JSON'; Text = 'canary.Y2FuYXJ5.c' }
        @{ Case = 'a JSON array'; Text = 'canary.WzFd.c' }
        @{ Case = 'a time out of all bounds'; Text = 'canary.eyJleHAiOjFlMzAwfQ.c' }
    ) {
        $failure = Get-Failure { ConvertFrom-AstroToken (ConvertTo-Secure $Text) }
        $failure.Id | Should -Be 'TokenMalformed'
        $failure.Message | Should -Not -BeLike '*canary*'
        $failure.Target | Should -Not -BeLike '*canary*'
    }

    It 'sends no request and never shows the token' {
        $value = $astro.tokens.workspaceOwner.value
        $info = ConvertFrom-AstroToken (ConvertTo-Secure $value)
        $forms = ($info | Format-List * | Out-String -Width 4096) + ($info | ConvertTo-Json) + "$info"
        $forms | Should -Not -Match ([regex]::Escape($value.Split('.')[2]))
        Get-SentRequest | Should -BeNullOrEmpty
    }
}
