namespace Sixtyfour.Http;

/// <summary>The right to send one request, within every limit it counts against.</summary>
internal readonly struct Turn(RequestBudget.Slot request, RequestBudget.Slot? submission)
{
    public void Sending(bool isUpload)
    {
        request.Sending(isUpload);
        submission?.Sending(isUpload);
    }

    public void Uploaded()
    {
        request.Uploaded();
        submission?.Uploaded();
    }

    public void Answered()
    {
        request.Answered();
        submission?.Answered();
    }
}
