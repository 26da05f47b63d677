@{
    RootModule                 = 'AstroAuth.dll'
    ModuleVersion              = '0.1.0'
    GUID                       = '6b8b7f5e-3a0c-4a49-9e0f-6a3d7c0f2b51'
    Author                     = 'AstroAuth contributors'
    CompanyName                = 'AstroAuth contributors'
    Copyright                  = '(c) AstroAuth contributors. MIT licence.'
    Description                = 'Signs people and automation in to Astronomer Astro (managed Apache Airflow), hands out access tokens, and looks after the API tokens that automation runs on.'
    CompatiblePSEditions       = @('Core', 'Desktop')
    PowerShellVersion          = '5.1'
    DotNetFrameworkVersion     = '4.7.2'
    CLRVersion                 = '4.0'
    CmdletsToExport            = @(
        'Add-AstroApiTokenRole'
        'Connect-Astro'
        'Convert-AstroDeploymentKey'
        'ConvertFrom-AstroToken'
        'Disconnect-Astro'
        'Export-AstroAccessToken'
        'Export-AstroTokenReport'
        'Get-AstroAccessToken'
        'Get-AstroAgentToken'
        'Get-AstroApiToken'
        'Get-AstroApiTokenRotation'
        'Get-AstroConnection'
        'Get-AstroDag'
        'Get-AstroDagRun'
        'Get-AstroDeploy'
        'Get-AstroDeployment'
        'Get-AstroDeploymentOption'
        'Get-AstroOrganization'
        'Get-AstroRole'
        'Get-AstroWorkspace'
        'Import-AstroConnection'
        'Invoke-AstroAirflowRequest'
        'Invoke-AstroApiTokenRotation'
        'Invoke-AstroRequest'
        'New-AstroAgentToken'
        'New-AstroApiToken'
        'New-AstroDeployment'
        'New-AstroRole'
        'New-AstroWorkspace'
        'Publish-AstroDag'
        'Remove-AstroAgentToken'
        'Remove-AstroApiToken'
        'Remove-AstroApiTokenRole'
        'Remove-AstroDeployment'
        'Remove-AstroRole'
        'Remove-AstroWorkspace'
        'Restore-AstroDeploy'
        'Resume-AstroDag'
        'Resume-AstroDeployment'
        'Select-AstroConnection'
        'Set-AstroApiToken'
        'Set-AstroConnection'
        'Set-AstroDeploy'
        'Set-AstroDeployment'
        'Set-AstroRole'
        'Set-AstroWorkspace'
        'Start-AstroDagRun'
        'Suspend-AstroDag'
        'Suspend-AstroDeployment'
        'Test-AstroApiToken'
        'Test-AstroConnection'
        'Use-AstroEphemeralDeployment'
    )
    FunctionsToExport          = @()
    AliasesToExport            = @()
    VariablesToExport          = @()
    PrivateData                = @{
        PSData = @{
            Tags                       = @('Astro', 'Astronomer', 'Airflow', 'Authentication', 'Token', 'Rotation', 'SecretManagement', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri                 = 'https://opensource.org/license/mit'
            RequireLicenseAcceptance   = $false
            ReleaseNotes               = 'CHANGELOG.md'
            ExternalModuleDependencies = @('Microsoft.PowerShell.SecretManagement')
        }
    }
}
