namespace AstroAuth.Engine;

/// <summary>The sentences about changing tokens, roles and agent tokens.</summary>
internal static partial class Strings
{
    internal const string DirectAccessScope = "A token of the kind DIRECT_ACCESS belongs to a deployment, not to a scope {0}. Use -Deployment, or leave out -Kind.";
    internal const string DescriptionLeavesNoRoom = "The token '{0}' carries a note of AstroAuth in its description, '{1}', which has to stay. With the {2} characters of the new text it is longer than the {3} that Astro keeps; shorten the text.";
    internal const string RolePlaceRequired = "{0} on what the role is held. Use -Workspace, -Deployment, -DagId or -DagTag.";
    internal const string TokenHasOtherRole = "The token '{0}' holds the role {1} on {2} already, and only one role on one entity is possible. Use -Replace to put {3} in its place.";
    internal const string SecondOwnRole = "The token '{0}' is owned by {1} and can hold a role on no other {2}. Use an organization's token for several places.";
    internal const string RoleAboveScope = "The token '{0}' is of scope {1} and cannot hold a role on {2}. Use a token of a higher scope.";
    internal const string DagRoleNeedsDeploymentRole = "A role on {0} needs a role on deployment {1} too, and the token '{2}' holds none there. Add that one first: Add-AstroApiTokenRole -Id {3} -Deployment {1} -Role <role>.";
    internal const string DagRolesRemain = "The token '{0}' holds roles on DAGs of deployment {1} ({2}), which need its role on the deployment. Remove those first.";
    internal const string OwnRoleStays = "The role {0} on {1} is what the token '{2}' belongs to, and cannot be taken away. Put a narrower one in its place with Add-AstroApiTokenRole -Replace, or remove the token.";
    internal const string TokenRoleNotFound = "The token '{0}' holds {1} on {2}. It holds: {3}";

    internal const string RoleNotFound = "There is no custom role '{0}' that connection '{1}' can see. Get-AstroRole lists them.";
    internal const string RoleNotCustom = "'{0}' is a built-in role or a template and cannot be changed. Make a custom role of it: Get-AstroRole '{0}' | New-AstroRole -Name <name>.";
    internal const string RoleNameTaken = "There is a role named '{0}' already. Choose another name, or change that one with Set-AstroRole.";
    internal const string RoleNeedsPermission = "The role '{0}' would permit nothing. Name at least one permission with -Permission, or use -LeastPrivilege.";
    internal const string PermissionNotOffered = "Astro offers no permission {0} for roles of scope {1}. {2}";
    internal const string PresetNotOffered = "The preset {0} needs {1}, which Astro does not offer for roles of scope {2}. Name the permissions yourself with -Permission; Get-AstroRole shows those of the built-in roles and templates.";
    internal const string RoleCreateOutcomeUnknown = "No answer came to the creation of role '{0}' ({1}), and it cannot be seen so far. Look with Get-AstroRole before you try again.";

    internal const string AgentDescriptionTooLong = "An agent token keeps a note of AstroAuth after its description; this description has {0} characters and at most {1} leave room for it. Shorten it.";
}
