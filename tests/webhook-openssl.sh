#!/usr/bin/env bash
# Signs deliveries with openssl and sends them to a running receiver, samples/WebhookReceiver for one:
#   Sixtyfour__WebhookSecrets__0=SECRET dotnet run --project samples/WebhookReceiver
#   tests/webhook-openssl.sh http://127.0.0.1:5064/webhooks/sixtyfour SECRET
# Prints a line for each check; exits with 1 when one failed.
set -euo pipefail

url=$1
secret=$2
status=0
job="openssl-$$-$RANDOM"

sign() { # secret, time, body
  printf '%s.%s' "$2" "$3" | openssl dgst -sha256 -hmac "$1" | sed 's/^.*= *//'
}

deliver() { # signature, event id, body -> status code
  curl --silent --output /dev/null --write-out '%{http_code}' --max-time 15 --request POST "$url" \
    --header 'Content-Type: application/json' --header "Sixtyfour-Signature: $1" --header "Sixtyfour-Event-Id: $2" \
    --header 'Sixtyfour-Event-Type: enrich_lead' --header 'Sixtyfour-Delivery-Attempt: 1' --data-binary "$3"
}

check() { # what, wanted, got
  if [[ $2 == "$3" ]]; then
    echo "ok      $1: $3"
  else
    echo "FAILED  $1: $3, wanted $2"
    status=1
  fi
}

now=$(date +%s)
body="{\"task_id\": \"$job\", \"status\": \"completed\", \"task_type\": \"enrich_lead\", \"result\": {\"structured_data\": {\"answer\": \"Zürich\"}}}"
good=$(sign "$secret" "$now" "$body")
other=$(sign sk_whsec_another "$now" "$body")

check 'no signature' 401 "$(deliver '' "$job" "$body")"
check 'another secret' 401 "$(deliver "t=$now,v1=$other" "$job" "$body")"
check 'no time' 401 "$(deliver "v1=$good" "$job" "$body")"
check 'signed ten minutes ago' 401 "$(deliver "t=$((now - 600)),v1=$(sign "$secret" $((now - 600)) "$body")" "$job" "$body")"
check 'one byte of the body changed' 401 "$(deliver "t=$now,v1=$good" "$job" "${body/enrich_lead/enrich_leaf}")"
check 'no JSON' 400 "$(deliver "t=$now,v1=$(sign "$secret" "$now" 'no JSON')" "$job" 'no JSON')"
check 'two signatures, ours the second' 200 "$(deliver "t=$now,v1=$other,v1=$good" "$job" "$body")"
check 'the same again' 200 "$(deliver "t=$now,v1=$good" "$job" "$body")"
check 'the same under a new id' 200 "$(deliver "t=$now,v1=$good" "$job-replay" "$body")"

exit $status
