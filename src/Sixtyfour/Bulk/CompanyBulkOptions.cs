namespace Sixtyfour;

/// <summary>How the rows of a bulk file of companies are researched.</summary>
/// <remarks>
/// The members for people (<c>find_people</c>, <c>people_focus_prompt</c>, <c>lead_struct</c>, <c>full_org_chart</c>) can be sent through
/// <see cref="RequestOptions.ExtraProperties"/>.
/// </remarks>
public class CompanyBulkOptions : BulkOptions;
