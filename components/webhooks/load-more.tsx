import { Button } from '@/components/ui/button';

interface Paged {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: Error | null;
  fetchNextPage: () => unknown;
}

/** The way to the next page of a list; nothing at its end. */
export function LoadMore({ query }: { query: Paged }) {
  if (!query.hasNextPage) return null;
  return (
    <div className="grid justify-items-center gap-2 border-line border-t px-5 py-3">
      <p role="alert" className="text-bad text-xs empty:hidden">
        {query.isFetchNextPageError ? query.error?.message : null}
      </p>
      <Button size="sm" busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        Load more
      </Button>
    </div>
  );
}
