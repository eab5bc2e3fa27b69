using System.Reflection;
using System.Runtime.Versioning;

namespace Sixtyfour.Tests;

/// <summary>So that nobody tests one target twice and believes it was two.</summary>
public sealed class RuntimeTests
{
    [Fact]
    public void These_tests_run_on_the_runtime_and_the_build_they_are_meant_for()
    {
        var build = typeof(SixtyfourClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;
        var tests = typeof(RuntimeTests).Assembly;

        if (tests.GetName().Name == "Sixtyfour.Tests.NetStandard")
        {
            build.Should().Be(".NETStandard,Version=v2.0");
        }
        else
        {
            build.Should().Be(tests.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
            Environment.Version.Major.Should().Be(build.EndsWith("v8.0", StringComparison.Ordinal) ? 8 : 10);
        }
    }
}
