namespace WebhookReceiver;

/// <summary>The files of the page, which travel inside the program.</summary>
internal static class PageFile
{
    public static IResult Of(string name, string contentType) => new Answer(name, contentType);

    private sealed class Answer(string name, string contentType) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = contentType;
            httpContext.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
            httpContext.Response.Headers.XContentTypeOptions = "nosniff";
            await using var file = typeof(PageFile).Assembly.GetManifestResourceStream(name)!;
            await file.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
        }
    }
}
