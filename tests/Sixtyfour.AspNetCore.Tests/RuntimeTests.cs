using System.Reflection;
using System.Runtime.Versioning;

namespace Sixtyfour.AspNetCore.Tests;

/// <summary>So that nobody tests one runtime twice and believes it was two.</summary>
public sealed class RuntimeTests
{
    [Fact]
    public void These_tests_run_on_the_runtime_and_the_build_they_are_meant_for()
    {
        var target = typeof(RuntimeTests).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

        typeof(SixtyfourWebhookOptions).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.Should().Be(target);
        Environment.Version.Major.Should().Be(target.EndsWith("v8.0", StringComparison.Ordinal) ? 8 : 10);
    }
}
