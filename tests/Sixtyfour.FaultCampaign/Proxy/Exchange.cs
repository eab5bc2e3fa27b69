using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sixtyfour.FaultCampaign.Books;
using Sixtyfour.FaultCampaign.Sdk;
using Sixtyfour.Testing;

namespace Sixtyfour.FaultCampaign.Proxy;

internal sealed partial class FaultingProxy
{
    /// <summary>One request, from its last byte to the last byte of its answer.</summary>
    private sealed class Exchange(FaultingProxy proxy, TcpClient client, WireRequest request, Step step)
    {
        private readonly string _about = proxy.About(request, step);
        private readonly List<Charge> _charges = [];
        private readonly long _begun = TimeProvider.System.GetTimestamp();
        private ProxyFault _fault = ProxyFault.None;

        // On a machine that is busy the client may have left by the time it is answered, and the socket does not tell.
        private bool IsInTime => TimeProvider.System.GetElapsedTime(_begun) < Client.AttemptTimeout / 3;

        /// <summary>Whether the connection lives on.</summary>
        public async Task<bool> RunAsync()
        {
            _fault = proxy._plan.For(step, _about);
            if (_fault.Stage is not FaultStage.None)
            {
                proxy._tally.Fault(_fault.Name);
            }

            try
            {
                return await RunToTheEndAsync();
            }
            finally
            {
                foreach (var charge in _charges.Where(charge => charge.StatusShown is null && proxy._killed.IsCancellationRequested))
                {
                    charge.IsCutOffByKill = true;
                }

                var charged = _charges.Count > 0 ? $", charged {_charges.Count} time(s) as {_charges[^1].JobId}" : "";
                proxy._books.Saw($"{request.Method} {request.Path} about {_about}: {_fault.Name}{charged}");
            }
        }

        private async Task<bool> RunToTheEndAsync()
        {
            switch (_fault.Stage)
            {
                case FaultStage.ResetBehindRequest:
                    Reset(client);
                    return false;
                case FaultStage.HangWithoutRunning:
                    return await HangAsync();
                case FaultStage.AnswerWithoutRunning:
                    await WriteAsync(Injected(), withLength: true);
                    return true;
            }

            var answer = await ForwardAsync();
            if (_fault.Stage is FaultStage.DeliverTwice)
            {
                answer = await ForwardAsync();
            }

            return await AnswerAsync(answer);
        }

        private async Task<ServiceAnswer> ForwardAsync()
        {
            proxy._killed.Token.ThrowIfCancellationRequested();
            var answer = await proxy._service.SendAsync(request, client.Client.LocalEndPoint!.ToString()!);
            if (request.Method is not "POST" || !answer.IsSuccess || answer.HasStartedBefore)
            {
                return answer;
            }

            var charge = new Charge(_about, answer.JobId, answer.Rows * Service.CentsPerRow, _fault.Name)
            {
                Key = request.Header("Idempotency-Key"),
            };
            // The client gets the answer to the last delivery: of those before it cannot know.
            _charges.ForEach(earlier => earlier.IsEarlierDelivery = true);
            _charges.Add(charge);
            proxy._books.Charged(charge);
            proxy._tally.Charge(charge.Cents, charge.JobId);
            if (charge.JobId is { } id && proxy._plan.FailsTheJob(_about) && proxy._service.TryFail(id))
            {
                charge.IsGivenBack = true;
                proxy._tally.Fault("the job fails");
                proxy._tally.GiveBack(charge.Cents);
            }

            return answer;
        }

        private async Task<bool> AnswerAsync(ServiceAnswer answer)
        {
            switch (_fault.Stage)
            {
                case FaultStage.RunThenAnswer:
                    await WriteAsync(Injected(), withLength: true);
                    return true;
                case FaultStage.RunThenLose:
                    return End();
                case FaultStage.RunThenHang:
                    return await HangAsync();
                case FaultStage.CutInHead:
                    await WriteAsync(Head(answer, withLength: true)[..20]);
                    return End();
                case FaultStage.CutInBody:
                    return await CutAsync(answer, withLength: true);
                case FaultStage.CutWithoutLength:
                    return await CutAsync(answer, withLength: false);
                case FaultStage.Drip:
                    await DripAsync(answer);
                    return true;
                case FaultStage.OddAnswer when answer.IsSuccess:
                    await WriteAsync(answer with { Body = Encoding.UTF8.GetBytes(_fault.Template!.Replace("{id}", answer.JobId, StringComparison.Ordinal)) },
                        withLength: true);
                    return true;
                case FaultStage.EmptyBody:
                    await WriteAsync(answer with { Status = 200, Body = [] }, withLength: true);
                    return true;
                default:
                    await WriteAsync(answer, withLength: true);
                    return _fault.Stage is not FaultStage.CloseBehindAnswer;
            }
        }

        private async Task<bool> CutAsync(ServiceAnswer answer, bool withLength)
        {
            var text = Encoding.UTF8.GetString(answer.Body);
            var endOfId = answer.IsSuccess && step is Step.Start or Step.Submission && answer.JobId is { } id
                ? text.IndexOf(id, StringComparison.Ordinal) + id.Length + 1
                : 0;
            var length = _fault.BehindId && endOfId > 0 ? endOfId : answer.Body.Length / 2;
            await WriteAsync([.. Head(answer, withLength), .. answer.Body.AsSpan(0, length)]);
            if (endOfId > 0 && length >= endOfId && !_fault.Reset && IsInTime)
            {
                _charges.ForEach(charge => charge.IdDelivered = true);
            }

            return End();
        }

        private async Task DripAsync(ServiceAnswer answer)
        {
            await WriteAsync(Head(answer, withLength: true));
            var piece = Math.Max(1, answer.Body.Length / 12);
            for (var sent = 0; sent < answer.Body.Length; sent += piece)
            {
                await Task.Delay(2, proxy._killed.Token);
                await WriteAsync(answer.Body.AsSpan(sent, Math.Min(piece, answer.Body.Length - sent)).ToArray());
            }

            Shown(answer);
        }

        private async Task WriteAsync(ServiceAnswer answer, bool withLength)
        {
            await WriteAsync([.. Head(answer, withLength), .. answer.Body]);
            Shown(answer);
        }

        private void Shown(ServiceAnswer answer)
        {
            if (_charges.Count > 0)
            {
                _charges[^1].StatusShown = answer.Status;
                _charges[^1].IdDelivered = IsInTime && answer.IsSuccess && answer.Body.Length > 0 && _charges[^1].JobId is not null;
            }
        }

        private ValueTask WriteAsync(byte[] bytes) => client.GetStream().WriteAsync(bytes, proxy._killed.Token);

        private bool End()
        {
            if (_fault.Reset)
            {
                Reset(client);
            }

            return false;
        }

        private async Task<bool> HangAsync()
        {
            // Ends when the client leaves; a next request on this connection would be its mistake.
            var next = new byte[1];
            return await client.GetStream().ReadAsync(next, proxy._killed.Token) > 0 && End();
        }

        private ServiceAnswer Injected()
        {
            var body = _fault.Body ?? $$"""{"error":"{{_fault.Status}}","message":"An injected failure"}""";
            var headers = new List<KeyValuePair<string, string>> { new("Content-Type", body.StartsWith('<') ? "text/html" : "application/json") };
            if (_fault.RetryAfter is { } wait)
            {
                headers.Add(new("Retry-After", wait));
            }

            if (_fault.Location is { } location)
            {
                headers.Add(new("Location", location));
            }

            return new(_fault.Status, headers, Encoding.UTF8.GetBytes(body));
        }

        private static byte[] Head(ServiceAnswer answer, bool withLength)
        {
            var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Status\r\n");
            foreach (var (name, value) in answer.Headers)
            {
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
            }

            head.Append(withLength ? $"Content-Length: {answer.Body.Length}\r\n\r\n" : "Connection: close\r\n\r\n");
            return Encoding.ASCII.GetBytes(head.ToString());
        }
    }
}
