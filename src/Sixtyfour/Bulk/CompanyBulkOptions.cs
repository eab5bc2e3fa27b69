namespace Sixtyfour;

/// <summary>How the rows of a bulk file of companies are researched.</summary>
/// <remarks>
/// The vendor does not publish the members of this configuration. That <c>find_people</c> is one follows from its remark that it can raise the bill;
/// <c>people_focus_prompt</c>, <c>lead_struct</c> and <c>full_org_chart</c> are likely. All of them can be sent through <see cref="RequestOptions.ExtraProperties"/>.
/// </remarks>
public sealed class CompanyBulkOptions : BulkOptions;
