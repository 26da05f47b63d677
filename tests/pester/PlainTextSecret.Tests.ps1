BeforeAll {
    Import-Module (Join-Path $env:ASTROAUTH_STAGED 'AstroAuth.psd1')
    $canary = 'eyJjYW5hcnk.eyJzdWIiOiJDQU5BUlkifQ.CANARY'
}

Describe 'Plain text where a SecureString belongs' {
    It 'is refused by Connect-Astro -<Parameter> without being repeated in the error' -ForEach @{ Parameter = 'ApiToken' }, @{ Parameter = 'AccessToken' } {
        $Error.Clear()
        $arguments = @{ $Parameter = $canary }
        { Connect-Astro @arguments } | Should -Throw -ErrorId 'ParameterArgumentTransformationError*'
        $Error | ForEach-Object { "$_ $($_.TargetObject) $($_.Exception)" } | Should -Not -Match 'CANARY'
    }

    It 'is taken by ConvertFrom-AstroToken, by argument and by pipeline, and leaves nothing in $Error' {
        $Error.Clear()
        (ConvertFrom-AstroToken $canary).Subject | Should -Be 'CANARY'
        ($canary | ConvertFrom-AstroToken).Subject | Should -Be 'CANARY'
        $Error.Count | Should -Be 0
    }
}
