/** How a receiver checks a delivery, for a secret of this form. The secret itself never appears in them. */
export function verifySnippets(secret: string): { node: string; python: string } {
  const standard = secret.startsWith('whsec_');
  const node = `import express from 'express';
import { Webhook } from 'standardwebhooks'; // npm install standardwebhooks

const webhook = new Webhook(${standard ? 'process.env.WEBHOOK_SECRET' : "Buffer.from(process.env.WEBHOOK_SECRET), { format: 'raw' }"});

// The raw body: parsing and printing it again would break the signature.
app.post('/webhooks', express.raw({ type: '*/*' }), (request, response) => {
  try {
    const event = webhook.verify(request.body, request.headers);
    response.sendStatus(204); // answer first, work afterwards
    handle(event);
  } catch {
    response.sendStatus(401);
  }
});
`;
  const python = `import os
from flask import Flask, request
from standardwebhooks import Webhook  # pip install standardwebhooks

app = Flask(__name__)
webhook = Webhook(os.environ["WEBHOOK_SECRET"]${standard ? '' : '.encode()'})

@app.post("/webhooks")
def receive():
    try:
        # The raw body: parsing and printing it again would break the signature.
        event = webhook.verify(request.get_data(), dict(request.headers))
    except Exception:
        return "", 401
    handle(event)
    return "", 204
`;
  return { node, python };
}
