namespace Sixtyfour.Emulator.Webhooks;

/// <summary>The attempts in the order in which they were made, the oldest dropped when there are too many.</summary>
internal sealed class DeliveryLog(int capacity)
{
    private readonly Queue<Entry> _entries = new();

    public Entry Add(WebhookDelivery delivery)
    {
        var entry = new Entry(this, delivery);
        lock (_entries)
        {
            if (_entries.Count == capacity)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }

        return entry;
    }

    public IReadOnlyList<WebhookDelivery> All()
    {
        lock (_entries)
        {
            return _entries.Select(entry => entry.Delivery).ToList().AsReadOnly();
        }
    }

    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
        }
    }

    /// <summary>One attempt, filled in when its end is known.</summary>
    internal sealed class Entry(DeliveryLog log, WebhookDelivery delivery)
    {
        public WebhookDelivery Delivery { get; private set; } = delivery;

        public void WasAnswered(int status) => Change(made => made with { StatusCode = status });

        public void Failed(string why) => Change(made => made with { Failure = why });

        private void Change(Func<WebhookDelivery, WebhookDelivery> change)
        {
            lock (log._entries)
            {
                Delivery = change(Delivery);
            }
        }
    }
}
