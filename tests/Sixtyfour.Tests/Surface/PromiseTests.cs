using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Sixtyfour.Tests.Surface;

/// <summary>Promises about the whole library, kept by looking at it; each names what breaks one.</summary>
public sealed class PromiseTests
{
    private static readonly Type[] s_public = typeof(SixtyfourClient).Assembly.GetExportedTypes();
    private static readonly NullabilityInfoContext s_nullability = new();

    private static IEnumerable<MethodInfo> Methods => s_public.SelectMany(type =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)).Where(method => !method.IsSpecialName);

    private static IEnumerable<Type> OptionTypes =>
        s_public.Where(type => type.IsClass && type.Name.Split('`')[0].EndsWith("Options", StringComparison.Ordinal));

    [Fact]
    public void Every_asynchronous_method_ends_in_a_token() =>
        Broken(Methods.Where(
            method => IsAsynchronous(method.ReturnType) && method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)));

    [Fact]
    public void Every_method_that_returns_a_task_says_so_in_its_name() =>
        Broken(Methods.Where(method => IsAsynchronous(method.ReturnType) != method.Name.EndsWith("Async", StringComparison.Ordinal)));

    [Fact]
    public void Every_token_is_called_the_same() =>
        Broken(Methods.Where(
            method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken) && parameter.Name != "cancellationToken")));

    [Fact]
    public void Options_come_last_before_the_token() =>
        Broken(Methods.Where(method => method.GetParameters().SkipLast(2).Any(parameter => typeof(RequestOptions).IsAssignableFrom(parameter.ParameterType))));

    [Fact]
    public void No_name_says_nothing()
    {
        string[] empty = ["Helper", "Manager", "Util", "Dto", "Handle", "Info2", "Impl"];
        Broken(s_public.Cast<MemberInfo>().Concat(Methods).Where(member => empty.Any(
            word => member.Name.EndsWith(word, StringComparison.Ordinal) || member.Name.Contains("Helper") || member.Name.Contains("Manager"))));
    }

    [Fact]
    public void Every_type_lives_in_the_one_namespace_and_the_registration_beside_the_frameworks_own() =>
        Broken(s_public.Where(
            type => type.Namespace != (type == typeof(SixtyfourServiceCollectionExtensions) ? "Microsoft.Extensions.DependencyInjection" : "Sixtyfour")));

    [Fact]
    public void Options_can_be_set_by_callers_of_every_language_version() =>
        Broken(OptionTypes.SelectMany(type => type.GetProperties()).Where(property => property.SetMethod is { } set
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) || property.IsDefined(typeof(RequiredMemberAttribute))
            : property.PropertyType.IsValueType || property.PropertyType == typeof(string)));

    [Fact]
    public void Options_can_be_made_without_an_argument() =>
        Broken(OptionTypes.Where(type => !type.ContainsGenericParameters && !type.IsAbstract && type.GetConstructor([]) is null));

    [Fact]
    public void Every_exception_can_be_made_in_a_test_and_belongs_to_the_family() =>
        Broken(s_public.Where(type => typeof(Exception).IsAssignableFrom(type) && type != typeof(SixtyfourException))
            .Where(type => !typeof(SixtyfourException).IsAssignableFrom(type) || type.GetConstructors().Length is 0));

    [Fact]
    public void No_exception_carries_a_message_whose_headers_hold_the_key() =>
        Broken(s_public.Where(type => typeof(Exception).IsAssignableFrom(type)).SelectMany(type => type.GetProperties()).Where(property =>
            typeof(HttpRequestMessage).IsAssignableFrom(property.PropertyType) || typeof(HttpResponseMessage).IsAssignableFrom(property.PropertyType)));

    [Fact]
    public void Every_result_can_be_made_in_a_test() =>
        Broken(Methods.Where(method => IsAsynchronous(method.ReturnType)).SelectMany(method => method.ReturnType.GetGenericArguments())
            .Where(type => type.Assembly == typeof(SixtyfourClient).Assembly && !type.IsGenericParameter && type.Name.Split('`')[0] is not "Job")
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).Distinct()
            .Where(type => type.GetConstructors().Length is 0 && !type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Any(method => method.ReturnType == type)));

    [Fact]
    public void Every_feature_interface_is_small_enough_to_fake() =>
        Broken(s_public.Where(type => type.IsInterface && type != typeof(ISixtyfourClient) && type.GetMethods().Length > 16));

    [Fact]
    public void Open_vocabularies_are_no_enums() =>
        s_public.Where(type => type.IsEnum).Should().BeEquivalentTo(
            [typeof(FieldIssueKind), typeof(WebhookVerdict)], "a word the service adds must be readable by an older client; these are the SDK's own");

    [Fact]
    public void No_array_or_list_of_the_callers_can_be_changed_behind_its_back() =>
        Broken(s_public.Where(type => !OptionTypes.Contains(type)).SelectMany(type => type.GetProperties()).Where(property =>
            property.PropertyType.IsArray || (property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(List<>))));

    [Fact]
    public void No_collection_is_null() =>
        Broken(s_public.SelectMany(type => type.GetProperties()).Where(property =>
            property.PropertyType.IsGenericType && property.PropertyType.Namespace == "System.Collections.Generic"
                && s_nullability.Create(property).ReadState is NullabilityState.Nullable));

    /// <summary>A debugger display that names a member could show what the member holds.</summary>
    [Fact]
    public void Debugger_displays_show_no_more_than_ToString()
    {
        string[] harmless = ["{ToString(),nq}", "Job {Id}", "Sixtyfour client of {_endpoint}", "{Value}", "{Value,nq}", "{Name}"];
        Broken(s_public.Where(type => type.GetCustomAttribute<DebuggerDisplayAttribute>(inherit: false) is { } display && !harmless.Contains(display.Value)));
    }

    private static bool IsAsynchronous(Type type) => type == typeof(Task)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
            || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    private static void Broken(IEnumerable<MemberInfo> members) =>
        members.Select(member => member is Type type ? type.FullName : $"{member.DeclaringType?.Name}.{member.Name}").Distinct()
            .Should().BeEmpty("each of these breaks the promise");
}
