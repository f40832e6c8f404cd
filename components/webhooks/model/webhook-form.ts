import type { Webhook } from '@/lib/shapes/recruiter';
import type { CreateWebhookBody, UpdateWebhookBody } from '@/lib/shapes/recruiter-requests';
import { type HeaderRow, headerProblems, headersOf } from './header-rows';
import { urlProblem } from './url';

export interface WebhookForm {
  url: string;
  description: string;
  contract: Webhook['contract'];
  events: string[];
  /** Null while an existing webhook's headers stay as they are. */
  headers: HeaderRow[] | null;
}

export type FormField = 'url' | 'description' | 'contract' | 'events' | 'headers';
export type FormProblems = Partial<Record<FormField, string>>;

const fields: readonly FormField[] = ['url', 'description', 'contract', 'events', 'headers'];
const maxDescription = 500;

/** A form for a webhook that is not there yet. */
export const emptyForm: WebhookForm = { url: '', description: '', contract: 'bpoc', events: [], headers: [] };

/** The form of an existing webhook; its headers' values are not known, so they are left alone. */
export function formOf(webhook: Pick<Webhook, 'url' | 'description' | 'contract' | 'events'>): WebhookForm {
  const { url, description, contract, events } = webhook;
  return { url, description: description ?? '', contract, events: [...events], headers: null };
}

/** What is wrong with the form before it is sent, by field. */
export function formProblems(form: WebhookForm, allowHttp: boolean): FormProblems {
  const problems: FormProblems = {};
  const url = urlProblem(form.url, allowHttp);
  if (url) problems.url = url;
  if (form.events.length === 0) problems.events = 'Choose at least one event.';
  if (form.description.length > maxDescription)
    problems.description = `At most ${maxDescription} characters.`;
  if (form.headers && Object.keys(headerProblems(form.headers)).length > 0)
    problems.headers = 'Check the headers.';
  return problems;
}

const subjects: Record<FormField, string> = {
  url: 'The URL',
  description: 'The description',
  contract: 'The contract',
  events: 'The choice of events',
  headers: 'The headers',
};

/** A message of the API as a sentence: one that has no subject of its own ("is required") gets it. */
function sentence(message: string, field: FormField, path: string): string {
  if (!/^[a-z]/.test(message)) return message;
  const part = path.slice(field.length + 1);
  const subject = field === 'headers' && part ? `The header ${part}` : subjects[field];
  return `${subject} ${message}${message.endsWith('.') ? '' : '.'}`;
}

/** The API's messages, each at the field of the form that it is about; `rest` belongs to none. */
export function problemsFromApi(messages: Readonly<Record<string, readonly string[]>>): {
  problems: FormProblems;
  rest: string[];
} {
  const problems: FormProblems = {};
  const rest: string[] = [];
  for (const [path, texts] of Object.entries(messages)) {
    const field = fields.find((candidate) => path === candidate || path.startsWith(`${candidate}.`));
    if (!field) {
      rest.push(texts.join(' '));
      continue;
    }
    const text = texts.map((message) => sentence(message, field, path)).join(' ');
    problems[field] = problems[field] ? `${problems[field]} ${text}` : text;
  }
  return { problems, rest };
}

/** The form as the API creates it. */
export function createBody(form: WebhookForm): CreateWebhookBody {
  const description = form.description.trim();
  const headers = headersOf(form.headers ?? []);
  return {
    url: form.url.trim(),
    events: form.events,
    contract: form.contract,
    ...(description ? { description } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** What changed, as the API updates it. */
export function updateBody(
  form: WebhookForm,
  before: Pick<Webhook, 'url' | 'description' | 'events'>,
): UpdateWebhookBody {
  const description = form.description.trim() || null;
  const url = form.url.trim();
  const same = [...form.events].sort().join() === [...before.events].sort().join();
  return {
    ...(url === before.url ? {} : { url }),
    ...(same ? {} : { events: form.events }),
    ...(description === before.description ? {} : { description }),
    ...(form.headers === null ? {} : { headers: headersOf(form.headers) }),
  };
}
