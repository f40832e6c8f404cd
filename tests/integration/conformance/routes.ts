/** Every path and verb that the guides show, and those that the families add (`own`). `:id` stands for an identifier. */
export interface Route {
  readonly contract: string;
  readonly path: string;
  readonly methods: readonly string[];
}

const under = (contract: string, base: string, paths: Readonly<Record<string, string>>): Route[] =>
  Object.entries(paths).map(([path, methods]) => ({
    contract,
    path: base + path,
    methods: methods.split(' '),
  }));

export const ROUTES: readonly Route[] = [
  ...under('bpoc', '/api/recruiter/webhooks', {
    '': 'GET POST',
    '/:id': 'GET PATCH DELETE',
    '/:id/test': 'POST',
    '/:id/rotate-secret': 'POST',
    '/:id/deliveries': 'GET',
    '/:id/recover': 'POST',
    '/:id/stats': 'GET',
    '/deliveries/:id': 'GET',
    '/deliveries/:id/retry': 'POST',
    '/events': 'GET',
    '/events/:id/deliveries': 'GET',
  }),
  ...under('smart-hiring', '/api/webhooks/subscriptions', {
    '': 'GET POST',
    '/:id': 'GET PUT DELETE',
    '/:id/deliveries': 'GET',
    '/:id/test': 'POST',
    '/:id/rotate-secret': 'POST',
  }),
  ...under('roleready', '/api/webhooks', {
    '/config': 'GET POST DELETE',
    '/test': 'POST',
    '/logs': 'GET',
    '/stats': 'GET',
    '/regenerate-secret': 'POST',
  }),
  ...under('skillora', '/api/v1', {
    '/webhook-endpoints/': 'GET POST',
    '/webhook-endpoints/:id/': 'GET PUT PATCH DELETE',
    '/webhook-endpoints/:id/test/': 'POST',
    '/webhook-endpoints/:id/regenerate_secret/': 'POST',
    '/webhook-events/': 'GET',
    '/webhook-events/:id/deliveries/': 'GET',
    '/webhook-deliveries/': 'GET',
    '/webhook-deliveries/:id/retry/': 'POST',
  }),
  ...under('hr-intelligence', '/api/v1/webhooks', {
    '': 'GET POST',
    '/:id': 'GET PUT DELETE',
    '/:id/test': 'POST',
    '/:id/deliveries': 'GET',
    '/:id/rotate-secret': 'POST',
  }),
];
