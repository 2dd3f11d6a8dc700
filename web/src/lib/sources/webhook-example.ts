// A command that sends one signed test item, ready to run in a terminal with curl and openssl.

/** `secret` has the form of Standard Webhooks: `whsec_` and base64. */
export function webhookExample(address: string, secret: string): string {
  return String.raw`ADDRESS='${address}'
SECRET='${secret}'
ID="test_$(date +%s)$$"; TS=$(date +%s); AT=$(date -u +%Y-%m-%dT%H:%M:%SZ)
BODY='{"type":"created","mention":{"platform":"test","nativeId":"'$ID'","url":null,"author":{"handle":"@test.person","name":"Test Person","followers":12},"text":"My parcel never arrived and nobody answers me.","postedAt":"'$AT'","editedAt":null,"inReplyTo":null,"lang":"en"}}'
KEY=$(printf %s "$${'{'}SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
SIG=$(printf %s.%s.%s "$ID" "$TS" "$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64)
curl -sS "$ADDRESS" -H 'content-type: application/json' -H "webhook-id: $ID" -H "webhook-timestamp: $TS" -H "webhook-signature: v1,$SIG" --data-binary "$BODY"`;
}
