# What users build on: no cmdlet, parameter, type, member or error id comes, goes or changes unnoticed.

BeforeAll {
    Import-Module AstroAuth
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'build/Support/Surface.psm1') -Force
    $folder = Join-Path $root 'tests/surface'
    $surface = Get-Surface -Root $root
}

Describe 'the public surface' {
    It 'is that of the baseline: <_>' -ForEach 'cmdlets', 'types', 'errors', 'wall' {
        $difference = Compare-Surface -Name $_ -Lines $surface[$_] -Folder $folder
        if ($difference) { throw $difference }
    }

    It 'holds what a script can name: parameters, properties, values and ids' {
        $surface.cmdlets | Should -Contain 'Get-AstroApiToken: gives AstroApiToken'
        $surface.cmdlets | Should -Contain 'Remove-AstroApiToken -Connection <ConnectionReference> in every set'
        $surface.types | Should -Contain 'AstroApiToken.Id { get } String'
        $surface.types | Should -Contain 'AstroCredentialKind.ApiToken = 1'
        $surface.errors | Should -Contain 'NoCredential'
    }

    It 'leaves out what is public for the DLLs of the module alone' {
        $surface.wall | Should -Contain 'IAstroEngine'
        $surface.types -join "`n" | Should -Not -Match '(?m)^IAstroEngine'
    }
}

Describe 'a surface that differs' {
    BeforeAll {
        $head = '# head'
        function Get-Difference([string[]] $Was, [string[]] $Is, [string] $Name = 'cmdlets') {
            Set-Content (Join-Path $TestDrive "$Name.txt") -Value ($head, $Was)
            Compare-Surface -Name $Name -Lines $Is -Folder $TestDrive
        }
    }

    It 'says nothing when nothing differs' {
        Get-Difference 'Get-A: a cmdlet' 'Get-A: a cmdlet' | Should -BeNullOrEmpty
    }

    It 'names what is new and asks for a minor version' {
        $text = Get-Difference 'Get-A: a cmdlet' 'Get-A: a cmdlet', 'Get-A -B <String> in every set'
        $text | Should -Match '(?m)^  \+ Get-A -B <String> in every set$'
        $text | Should -Match 'new minor version'
        $text | Should -Not -Match 'major'
        $text | Should -Match './build.ps1 surface'
    }

    It 'names what is gone and asks for a major version' {
        $text = Get-Difference 'Get-A: a cmdlet', 'Get-A -B <String> in every set' 'Get-A: a cmdlet'
        $text | Should -Match '(?m)^  - Get-A -B <String> in every set$'
        $text | Should -Match 'new major version'
    }

    It 'asks for a major version when a parameter has to be given from now on' {
        Get-Difference 'Get-A: a cmdlet' 'Get-A: a cmdlet', 'Get-A -B <String> in every set: mandatory' | Should -Match 'new major version'
        Get-Difference 'Get-A: a cmdlet' 'Get-A: a cmdlet', 'Get-B: a cmdlet', 'Get-B -B <String> in every set: mandatory' | Should -Match 'new minor version'
    }

    It 'asks for none where only the DLLs of the module see it' {
        Get-Difference 'IAstroEngine' 'IAstroEngine', 'IAstroOther' 'wall' | Should -Match 'No version depends on this'
    }
}
