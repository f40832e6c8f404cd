'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronsUpDown, LogOut } from 'lucide-react';
import { useTransition } from 'react';
import {
  Dropdown,
  DropdownContent,
  DropdownItem,
  DropdownLabel,
  DropdownRadioGroup,
  DropdownRadioItem,
  DropdownSeparator,
  DropdownTrigger,
} from '@/components/ui/dropdown';
import { Skeleton } from '@/components/ui/skeleton';
import { chooseOrganization } from '@/components/webhooks/data/organization';
import { meQuery } from '@/components/webhooks/data/queries';

export type Theme = 'system' | 'light' | 'dark';

export interface AccountActions {
  theme: Theme;
  setTheme: (theme: string) => Promise<void>;
  signOut: () => Promise<void>;
}

const themes: Record<Theme, string> = { system: 'Like the system', light: 'Light', dark: 'Dark' };

/** Who is signed in and for whom; switches the organization and the colours, and signs out. */
export function AccountMenu({ theme, setTheme, signOut }: AccountActions) {
  const me = useQuery(meQuery());
  const client = useQueryClient();
  const [, startTransition] = useTransition();

  const switchTo = (id: string) => {
    chooseOrganization(id);
    window.location.assign('/recruiter/api');
  };
  const leave = () =>
    startTransition(async () => {
      chooseOrganization(null);
      client.clear();
      await signOut();
    });

  return (
    <Dropdown>
      <DropdownTrigger className="flex max-w-[60vw] items-center gap-2 rounded-lg px-2 py-1 text-left transition-colors hover:bg-sunken data-[state=open]:bg-sunken">
        <span className="sr-only">Account</span>
        <span className="grid min-w-0 leading-tight">
          <span className="truncate font-medium text-[0.8125rem]">
            {me.data ? (
              me.data.organization.name
            ) : me.isError ? (
              'Account'
            ) : (
              <Skeleton className="my-0.5 h-3.5 w-28" />
            )}
          </span>
          <span className="hidden truncate text-ink-3 text-xs sm:block">{me.data?.user.email}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-ink-3" aria-hidden />
      </DropdownTrigger>
      <DropdownContent>
        {me.data && me.data.organizations.length > 1 ? (
          <>
            <DropdownLabel>Organization</DropdownLabel>
            <DropdownRadioGroup value={me.data.organization.id} onValueChange={switchTo}>
              {me.data.organizations.map(({ id, name }) => (
                <DropdownRadioItem key={id} value={id}>
                  {name}
                </DropdownRadioItem>
              ))}
            </DropdownRadioGroup>
            <DropdownSeparator />
          </>
        ) : null}
        <DropdownLabel>Colours</DropdownLabel>
        <DropdownRadioGroup value={theme} onValueChange={(value) => startTransition(() => setTheme(value))}>
          {Object.entries(themes).map(([value, label]) => (
            <DropdownRadioItem key={value} value={value}>
              {label}
            </DropdownRadioItem>
          ))}
        </DropdownRadioGroup>
        <DropdownSeparator />
        <DropdownItem onSelect={leave}>
          <LogOut aria-hidden />
          Sign out
        </DropdownItem>
      </DropdownContent>
    </Dropdown>
  );
}
