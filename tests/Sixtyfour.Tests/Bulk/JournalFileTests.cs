using Sixtyfour.Bulk;

namespace Sixtyfour.Tests.Bulk;

public sealed class JournalFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.journal");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        File.Delete(_path);
        File.Delete(_path + ".lock");
    }

    [Fact]
    public async Task Lines_come_back_in_their_order()
    {
        var journal = BulkJournal.AtPath(_path);
        await journal.AppendAsync("one", Token);
        await journal.AppendAsync("two", Token);

        (await LinesAsync(BulkJournal.AtPath(_path))).Should().Equal("one", "two");
        (await File.ReadAllTextAsync(_path, Token)).Should().Be("one\ntwo\n");
    }

    [Fact]
    public async Task Cut_off_at_any_byte_it_gives_the_whole_lines_and_goes_on_behind_them()
    {
        const string Text = "{\"version\":1}\n{\"version\":\"ä\"}\n{\"version\":3}\n";
        var bytes = System.Text.Encoding.UTF8.GetBytes(Text);
        for (var length = 0; length <= bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(_path, bytes[..length], Token);
            // A line feed that is missing takes no line along.
            var end = length < bytes.Length && bytes[length] is (byte)'\n'
                ? length + 1
                : Array.LastIndexOf(bytes, (byte)'\n', Math.Max(length - 1, 0), length) + 1;
            var whole = System.Text.Encoding.UTF8.GetString(bytes[..end]);
            var due = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var journal = BulkJournal.AtPath(_path);

            (await LinesAsync(journal)).Should().Equal(due);
            await journal.AppendAsync("next", Token);

            (await LinesAsync(BulkJournal.AtPath(_path))).Should().Equal([.. due, "next"]);
            (await File.ReadAllTextAsync(_path, Token)).Should().Be(whole + "next\n");
        }
    }

    [Theory]
    [InlineData("[{\"name\":\"Nadia Okafor\"}]")]
    [InlineData("{\"name\":\"Nadia Okafor\"}")]
    [InlineData("name,title")]
    [InlineData("{\"version\":1}\nname,title")]
    public async Task A_file_that_is_something_else_is_never_written_to(string content)
    {
        await File.WriteAllTextAsync(_path, content, Token);

        await FluentActions.Awaiting(() => BulkJournal.AtPath(_path).AppendAsync("next", Token)).Should().ThrowAsync<InvalidDataException>();

        (await File.ReadAllTextAsync(_path, Token)).Should().Be(content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"ver")]
    [InlineData("{\"version\":1,\"run\"")]
    public async Task A_tail_that_a_crash_has_left_empty_is_cut_off(string written)
    {
        await File.WriteAllTextAsync(_path, "one\n" + written + new string('\0', 300), Token);

        await BulkJournal.AtPath(_path).AppendAsync("two", Token);

        (await LinesAsync(BulkJournal.AtPath(_path))).Should().Equal("one", "two");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    public async Task A_last_line_that_is_whole_counts_without_its_line_feed(string behind)
    {
        await File.WriteAllTextAsync(_path, "{\"version\":1}\n{\"version\":2,\"job\":\"job-1\"}" + behind, Token);

        (await LinesAsync(BulkJournal.AtPath(_path))).Should().Equal("{\"version\":1}", "{\"version\":2,\"job\":\"job-1\"}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_locks_do_nothing_another_writer_is_noticed_before_the_next_line(bool hasOnlyOpened)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets no other process write to the file.");
        var journal = BulkJournal.AtPath(_path);
        using var open = journal.Open();
        await journal.AppendAsync("one", Token);

        // As another process does it, on a file system that ignores locks.
        if (hasOnlyOpened)
        {
            await File.WriteAllTextAsync(_path + ".lock", "another", Token);
        }
        else
        {
            AppendPastTheLock(_path, "two\\n");
        }

        await FluentActions.Awaiting(() => journal.AppendAsync("three", Token)).Should().ThrowAsync<IOException>().WithMessage("*another run*");
        await FluentActions.Awaiting(() => journal.AppendAsync("three", Token)).Should().ThrowAsync<IOException>();
        open!.Dispose();
        (await LinesAsync(BulkJournal.AtPath(_path))).Should().Equal(hasOnlyOpened ? ["one"] : ["one", "two"]);
    }

    [Fact]
    public async Task What_a_killed_run_has_left_behind_is_not_in_the_way()
    {
        await File.WriteAllTextAsync(_path + ".lock", "the killed one", Token);

        await BulkJournal.AtPath(_path).AppendAsync("one", Token);

        File.Exists(_path + ".lock").Should().BeFalse();
    }

    [Fact]
    public void While_a_run_has_it_nobody_else_can_open_it()
    {
        using var first = BulkJournal.AtPath(_path).Open();

        FluentActions.Invoking(() => BulkJournal.AtPath(_path).Open()).Should().Throw<IOException>().WithMessage($"*'{_path}'*another run*");
    }

    [Fact]
    public void The_same_object_serves_one_run_at_a_time()
    {
        var journal = BulkJournal.AtPath(_path);
        using (journal.Open())
        {
            FluentActions.Invoking(journal.Open).Should().Throw<IOException>().WithMessage("*One journal serves one run at a time.");
        }

        journal.Open()!.Dispose();
    }

    [Fact]
    public async Task A_line_has_no_line_feed_in_it()
    {
        var journal = BulkJournal.AtPath(_path);

        await FluentActions.Awaiting(() => journal.AppendAsync("a\nb", Token)).Should().ThrowAsync<ArgumentException>();

        (await LinesAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public void A_folder_that_is_missing_is_not_called_a_run() =>
        FluentActions.Invoking(() => BulkJournal.AtPath("/nowhere/run.journal").Open()).Should().Throw<DirectoryNotFoundException>();

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"run":"r","file":1,"first_row":0,"rows":1,"sha256":"","key":"k","at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("null")]
    public void A_line_that_cannot_be_read_is_never_passed_over(string line) =>
        FluentActions.Invoking(() => JournalLine.Parse(line)).Should().Throw<InvalidDataException>().WithMessage("*nothing is sent without it*");

    [Fact]
    public void A_line_is_read_as_it_was_written()
    {
        var line = new JournalLine
        {
            Run = "r",
            Seed = "seed",
            File = 1,
            FirstRow = 0,
            Rows = 3,
            Sha256 = "s",
            Key = "k\n\"",
            At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            Job = "j",
            ChargedCents = 1.5m,
            IsLast = true,
        };

        JournalLine.Parse(line.Write()).Should().Be(line);
        line.Write().Should().NotContain("\n");
    }

    // The lock that .NET takes on Unix is one between processes that ask for it; a shell does not.
    private static void AppendPastTheLock(string path, string text)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"printf '{text}' >> '{path}'"]))!;
        shell.WaitForExit();
        shell.ExitCode.Should().Be(0);
    }

    private static async Task<List<string>> LinesAsync(BulkJournal journal)
    {
        var lines = new List<string>();
        await foreach (var line in journal.ReadAsync(Token))
        {
            lines.Add(line);
        }

        return lines;
    }
}
