using System.Globalization;
using System.Text;

namespace Sixtyfour.Tests.Architecture;

/// <summary>
/// Draws rooms as steps that lead down to the right. A dot in the row of a room says that it uses the room below the dot, so every arrow that is allowed goes
/// right and down.
/// </summary>
internal static class RoomDrawing
{
    private const int Left = 20;
    private const int Top = 86;
    private const int RowHeight = 38;
    private const int ColumnWidth = 46;
    private const int BoxWidth = 152;
    private const int BoxHeight = 26;
    private const int EntryInset = 16;

    public static string Draw(RoomOrder order, IReadOnlyCollection<Arrow> arrows)
    {
        var rooms = order.Rooms;
        var svg = new Svg(Left + BoxWidth + ((rooms.Count - 1) * ColumnWidth) + Left, Top + (rooms.Count * RowHeight) + 8);
        svg.Text(Left + BoxWidth + 150, 26, "title", "The rooms of src/Sixtyfour, and which uses which");
        svg.Text(Left + BoxWidth + 150, 48, "note", "A dot: the room at the left of the row uses the room at the bottom of the column.");

        var (down, up) = Split(order, arrows);
        svg.Text(Left + BoxWidth + 150, 66, "note", up.Count is 0 ? "Every arrow goes down." : "The arrows in orange go up.");
        foreach (var (from, to) in down.GroupBy(arrow => arrow.From).Select(uses => (uses.Key, uses.Max(arrow => arrow.To))))
        {
            svg.Line("arrow", BoxRight(from), Middle(from), Entry(to), Middle(from));
        }

        foreach (var (to, from) in down.GroupBy(arrow => arrow.To).Select(users => (users.Key, users.Min(arrow => arrow.From))))
        {
            svg.Line("arrow", Entry(to), Middle(from), Entry(to), BoxTop(to) - 6);
            svg.Head("head", Entry(to), BoxTop(to), 6);
        }

        foreach (var (from, to) in down)
        {
            svg.Dot(Entry(to), Middle(from));
        }

        foreach (var (from, to) in up)
        {
            var x = BoxRight(to) - 50;
            svg.Line("up", x, BoxTop(from), x, BoxBottom(to) + 6);
            svg.Head("uphead", x, BoxBottom(to), -6);
        }

        for (var room = 0; room < rooms.Count; room++)
        {
            svg.Box(BoxRight(room) - BoxWidth, BoxTop(room), rooms[room]);
        }

        return svg.ToString();
    }

    private static (List<(int From, int To)> Down, List<(int From, int To)> Up) Split(RoomOrder order, IEnumerable<Arrow> arrows)
    {
        var places = order.Rooms.Select((room, index) => (room, index)).ToDictionary(place => place.room, place => place.index);
        var all = arrows.Where(arrow => places.ContainsKey(arrow.From) && places.ContainsKey(arrow.To))
            .Select(arrow => (From: places[arrow.From], To: places[arrow.To])).Order().ToList();
        return ([.. all.Where(arrow => arrow.To > arrow.From)], [.. all.Where(arrow => arrow.To < arrow.From)]);
    }

    private static int BoxRight(int room) => Left + BoxWidth + (room * ColumnWidth);

    private static int Entry(int room) => BoxRight(room) - EntryInset;

    private static int BoxTop(int room) => Top + (room * RowHeight);

    private static int BoxBottom(int room) => BoxTop(room) + BoxHeight;

    private static int Middle(int room) => BoxTop(room) + (BoxHeight / 2);

    private sealed class Svg
    {
        private readonly StringBuilder _text = new();

        public Svg(int width, int height) => Add("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif">
            <style>
            .title { font-size: 17px; font-weight: bold; fill: #1f2933 }
            .note { font-size: 13px; fill: #52606d }
            .room { font-size: 13px; fill: #1f2933; text-anchor: middle }
            .box { fill: #e8f1fb; stroke: #2f6fb0; stroke-width: 1.2 }
            .arrow { stroke: #9fb3c8; stroke-width: 1.4 }
            .head { fill: #627d98 }
            .up { stroke: #d9730d; stroke-width: 2 }
            .uphead { fill: #d9730d }
            .dot { fill: #2f6fb0 }
            </style>
            <rect width="{width}" height="{height}" fill="#ffffff"/>
            """.Replace("{width}", Number(width), StringComparison.Ordinal).Replace("{height}", Number(height), StringComparison.Ordinal));

        public void Text(int x, int y, string kind, string text) => Add($"<text class=\"{kind}\" x=\"{Number(x)}\" y=\"{Number(y)}\">{text}</text>");

        public void Line(string kind, int fromX, int fromY, int toX, int toY) =>
            Add($"<line class=\"{kind}\" x1=\"{Number(fromX)}\" y1=\"{Number(fromY)}\" x2=\"{Number(toX)}\" y2=\"{Number(toY)}\"/>");

        /// <summary>An arrowhead; <paramref name="length"/> below zero points up.</summary>
        public void Head(string kind, int x, int y, int length) =>
            Add($"<path class=\"{kind}\" d=\"M{Number(x)} {Number(y)} l-4 {Number(-length)} h8 z\"/>");

        public void Dot(int x, int y) => Add($"<circle class=\"dot\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"4\"/>");

        public void Box(int x, int y, string name)
        {
            Add($"<rect class=\"box\" x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(BoxWidth)}\" height=\"{Number(BoxHeight)}\" rx=\"4\"/>");
            Text(x + (BoxWidth / 2), y + (BoxHeight / 2) + 5, "room", name);
        }

        public override string ToString() => _text + "</svg>\n";

        private void Add(string line) => _text.Append(line).Append('\n');

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
