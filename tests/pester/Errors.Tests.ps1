# What an answer of Astro that is a failure becomes, and what is tried again.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $tokens = 'organizations/{organizationId}/tokens'
}
AfterAll { Stop-TestEmulator }

Describe 'a failure that Astro answers' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'is <Id> for <Status>, with status, request id and what was called' -ForEach @(
        @{ Status = 400; Id = 'InvalidRequest'; Category = 'InvalidArgument' }
        @{ Status = 401; Id = 'Unauthorized'; Category = 'AuthenticationError' }
        @{ Status = 403; Id = 'Forbidden'; Category = 'PermissionDenied' }
        @{ Status = 404; Id = 'NotFound'; Category = 'ObjectNotFound' }
        @{ Status = 409; Id = 'Conflict'; Category = 'ResourceExists' }
        @{ Status = 412; Id = 'Conflict'; Category = 'ResourceExists' }
        @{ Status = 418; Id = 'UnexpectedStatus'; Category = 'ProtocolError' }
        @{ Status = 500; Id = 'ServerError'; Category = 'ResourceUnavailable' }
    ) {
        Add-EmulatorFault @{ path = '/users/self$'; status = $Status }
        $failure = Get-Failure { Invoke-AstroRequest users/self }
        $failure.Id | Should -Be $Id
        $failure.Category | Should -Be $Category
        $failure.Target | Should -Be 'self'
        $failure.Exception.StatusCode | Should -Be $Status
        $failure.Exception.RequestId | Should -Not -BeNullOrEmpty
        $failure.Exception.Method | Should -Be 'GET'
        $failure.Exception.Path | Should -Be '/v1/users/self'
        $failure.Message | Should -Match 'GET /v1/users/self'
        $failure.Message | Should -Match $failure.Exception.RequestId
        (Get-SentRequest -AtLeast 1).Count | Should -Be 1
    }

    It 'ends the pipeline when the credential is refused, and goes on otherwise' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 403 }
        (Get-Failure { 'users/self', 'organizations' | Invoke-AstroRequest }).Output.Count | Should -Be 1
        Add-EmulatorFault @{ path = '/users/self$'; status = 401 }
        $failure = Get-Failure { 'users/self', 'organizations' | Invoke-AstroRequest }
        $failure.Terminating | Should -BeTrue
        $failure.Output.Count | Should -Be 0
    }

    It 'carries what was wrong with which field' {
        $failure = Get-Failure { Invoke-AstroRequest $tokens -Method Post -Body @{ name = ''; scope = 'PLANET'; oops = 1 } }
        $failure.Id | Should -Be 'InvalidRequest'
        $failure.Exception.FieldErrors.Field | Should -Contain 'scope'
        $failure.Exception.FieldErrors.Field | Should -Contain 'oops'
        $failure.Message | Should -BeLike '*scope: *'
    }

    It 'says that a web page answered, not Astro: <Status>' -ForEach @(@{ Status = 500 }, @{ Status = 403 }, @{ Status = 404 }) {
        Add-EmulatorFault @{ path = '/users/self$'; status = $Status; html = $true; body = "<html><title>Sign in`n to the proxy</title></html>" }
        $failure = Get-Failure { Invoke-AstroRequest users/self }
        $failure.Message | Should -BeLike "*a web page answered*titled 'Sign in to the proxy'*"
        $failure.Exception.StatusCode | Should -Be $Status
    }

    It 'says that the answer is empty' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 500; empty = $true }
        (Get-Failure { Invoke-AstroRequest users/self }).Message | Should -BeLike '*the answer has no body*'
    }

    It 'shows a bare text in one short line' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 500; body = "upstream`r`n`e[31mbroken " + 'x' * 5000 }
        $failure = Get-Failure { Invoke-AstroRequest users/self }
        $failure.Message | Should -Match 'upstream \[31mbroken xxx'
        $failure.Message.Length | Should -BeLessThan 600
    }

    It 'is InvalidResponse for a 200 that is <Case>' -ForEach @(
        @{ Case = 'a web page'; Fault = @{ html = $true } }
        @{ Case = 'JSON cut short'; Fault = @{ body = '{"organizations":[{"id":"c' } }
        @{ Case = 'empty'; Fault = @{ empty = $true } }
        @{ Case = 'JSON of another shape'; Fault = @{ body = '{"organizations":"none"}' } }
        @{ Case = 'null'; Fault = @{ body = 'null' } }
    ) {
        Add-EmulatorFault ($Fault + @{ path = '/organizations$'; status = 200 })
        $failure = Get-Failure { Connect-Astro -ApiToken $owner }
        $failure.Id | Should -Be 'InvalidResponse'
        $failure.Category | Should -Be 'ProtocolError'
    }

    It 'is not followed when it redirects, and no bearer goes there' {
        $listener = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $listener.Start()
        try {
            Add-EmulatorFault @{ path = '/users/self$'; status = 302; headers = @{ Location = "http://127.0.0.1:$($listener.LocalEndpoint.Port)/steal" } }
            $failure = Get-Failure { Invoke-AstroRequest users/self }
            $failure.Id | Should -Be 'Redirected'
            $failure.Category | Should -Be 'SecurityError'
            $failure.Message | Should -BeLike '*not followed*'
            $listener.Pending() | Should -BeFalse
        }
        finally { $listener.Stop() }
    }

    It 'sends no key to a login service that is not of the domain' {
        Add-EmulatorFault @{ path = '/auth-config$'; status = 200; body = '{"clientId":"x","audience":"astronomer-ee","domainUrl":"https://auth.evil.example/"}' }
        $failure = Get-Failure { Connect-Astro -DeploymentKey (New-KeyCredential $astro.legacyKey) }
        $failure.Id | Should -Be 'UntrustedLoginHost'
        $failure.Category | Should -Be 'SecurityError'
        Get-SentRequest -Path '/oauth/token' | Should -BeNullOrEmpty
    }
}

Describe 'what is tried again' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -SkipValidation
    }

    It 'a <Method> after <Case>: <Sent> requests' -ForEach @(
        @{ Method = 'GET'; Case = '429'; Fault = @{ status = 429 }; Sent = 2 }
        @{ Method = 'GET'; Case = '502'; Fault = @{ status = 502; html = $true }; Sent = 2 }
        @{ Method = 'GET'; Case = '503'; Fault = @{ status = 503 }; Sent = 2 }
        @{ Method = 'GET'; Case = '504'; Fault = @{ status = 504; empty = $true }; Sent = 2 }
        @{ Method = 'GET'; Case = 'a connection cut before'; Fault = @{ cut = 'before' }; Sent = 2 }
        @{ Method = 'GET'; Case = 'a connection cut after'; Fault = @{ cut = 'after' }; Sent = 2 }
        @{ Method = 'GET'; Case = 'an answer that breaks off'; Fault = @{ truncate = $true }; Sent = 2 }
        @{ Method = 'DELETE'; Case = '503'; Fault = @{ status = 503 }; Sent = 2 }
        @{ Method = 'DELETE'; Case = 'a connection cut before'; Fault = @{ cut = 'before' }; Sent = 2 }
    ) {
        $token = New-EmulatorToken @{ scope = 'WORKSPACE' }
        Add-EmulatorFault ($Fault + @{ method = $Method; path = "/tokens/$($token.id)$" })
        { Invoke-AstroRequest "$tokens/$($token.id)" -Method $Method -ErrorAction Stop } | Should -Not -Throw
        (Get-SentRequest -AtLeast $Sent).Count | Should -Be $Sent
    }

    It 'not a POST that may have taken effect: <Case>, <Id>' -ForEach @(
        @{ Case = '502'; Fault = @{ status = 502 }; Id = 'ServerError' }
        @{ Case = '503'; Fault = @{ status = 503 }; Id = 'ServerError' }
        @{ Case = 'a connection cut before'; Fault = @{ cut = 'before' }; Id = 'ConnectionBroken' }
        @{ Case = 'a connection cut after'; Fault = @{ cut = 'after' }; Id = 'ConnectionBroken' }
        @{ Case = 'an answer that breaks off'; Fault = @{ truncate = $true }; Id = 'ConnectionBroken' }
    ) {
        Add-EmulatorFault ($Fault + @{ method = 'POST' })
        $body = @{ name = 'raw'; role = 'ORGANIZATION_MEMBER'; scope = 'ORGANIZATION' }
        (Get-Failure { Invoke-AstroRequest $tokens -Method Post -Body $body }).Id | Should -Be $Id
        (Get-SentRequest -AtLeast 1).Count | Should -Be 1
    }

    It 'a POST that was answered with 429, because nothing was done' {
        Add-EmulatorFault @{ method = 'POST'; status = 429 }
        (Invoke-AstroRequest $tokens -Method Post -Body @{ name = 'raw'; role = 'ORGANIZATION_MEMBER'; scope = 'ORGANIZATION' }).name | Should -Be 'raw'
        (Get-SentRequest -AtLeast 2).Count | Should -Be 2
    }

    It 'not before Retry-After has passed' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 429; retryAfter = '1' }
        Connect-Astro -AccessToken (ConvertTo-Secure $astro.users.owner.accessToken) -SkipValidation
        $null = Invoke-AstroRequest users/self
        $sent = Get-SentRequest -AtLeast 2
        ([DateTimeOffset]$sent[1].startedAt - [DateTimeOffset]$sent[0].startedAt).TotalSeconds | Should -BeGreaterOrEqual 0.95
    }

    It 'not at all when Retry-After is longer than the call may take; the error says how long' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 429; retryAfter = '7200' }
        $failure = Get-Failure { Invoke-AstroRequest users/self }
        $failure.Id | Should -Be 'TooManyRequests'
        $failure.Category | Should -Be 'ResourceUnavailable'
        $failure.Message | Should -BeLike '*wait 2 hours*'
        $failure.Exception.RetryAfter.TotalHours | Should -Be 2
        (Get-SentRequest -AtLeast 1).Count | Should -Be 1
    }

    It 'five times at most, then the last answer is the error' {
        Add-EmulatorFault @{ path = '/users/self$'; status = 503; count = 0 }
        $failure = Get-Failure { Invoke-AstroRequest users/self }
        $failure.Id | Should -Be 'ServerError'
        $failure.Message | Should -BeLike '*status 503 after 5 tries*'
        (Get-SentRequest -AtLeast 5).Count | Should -Be 5
    }

    It 'and told with -Verbose' {
        Add-EmulatorFault @{ path = '/organizations$'; status = 503 }
        $told = Invoke-AstroRequest organizations -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$told" | Should -BeLike '*(try 2 of 5): status 503*'
    }

    It 'and many calls stay below the limits that Astro sets' {
        $null = Set-EmulatorSetting @{ enforceRateLimits = $true }
        try {
            $answers = 1..40 | ForEach-Object { Invoke-AstroRequest organizations }
            $answers.Count | Should -Be 40
        }
        finally { $null = Set-EmulatorSetting @{ enforceRateLimits = $false } }
    }
}
