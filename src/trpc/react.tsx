'use client'

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { httpBatchLink, TRPCClientError } from '@trpc/client'
import { createTRPCReact } from '@trpc/react-query'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { type ReactNode, useState } from 'react'
import { routes } from '@/routes'
import type { AppRouter } from '@/server/api/root'
import { wire } from './wire'

/** The API as hooks: `api.campaigns.get.useQuery({ campaignId })`; `api.useUtils()` reaches its cache and the bare client. */
export const api = createTRPCReact<AppRouter>()

/** The inputs and outputs of every procedure. */
export type ApiInputs = inferRouterInputs<AppRouter>
export type ApiOutputs = inferRouterOutputs<AppRouter>

const statusOf = (error: unknown) =>
  error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data?.httpStatus : undefined

/** Whether the server refused: a repetition would change nothing. */
export const isRefusal = (error: unknown) => (statusOf(error) ?? 500) < 500

/** Whether the server refused because what the input names by `field` is not there. */
export const isMissing = (error: unknown, field: string) =>
  statusOf(error) === 404 && detailsOf(error)?.[field] !== undefined

/** A session that ended elsewhere: back to the door, and from there to this page again. */
function leaveWhenSignedOut(error: unknown) {
  if (statusOf(error) !== 401 || location.pathname === routes.signIn()) return
  location.assign(routes.signIn(location.pathname + location.search, { ended: true }))
}

// As many as the server takes.
const MAX_ITEMS = 20

const createQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // A refusal stays a refusal; only a failure on the way is worth another try.
        retry: (failures, error) => failures < 2 && (statusOf(error) ?? 500) >= 500,
      },
      mutations: { onError: leaveWhenSignedOut },
    },
  })

/** Gives every screen below it the API and its cache. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [client] = useState(() =>
    api.createClient({
      links: [httpBatchLink({ url: '/api/trpc', transformer: wire, maxURLLength: 4_000, maxItems: MAX_ITEMS })],
    }),
  )
  return (
    <api.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </api.Provider>
  )
}

/** The text to show for an error of a query or mutation: the server's own words, or that it could not be reached. */
export function messageOf(error: unknown) {
  if (error instanceof TRPCClientError) {
    return error.data ? error.message : 'The server could not be reached. Check that it is running, then try again.'
  }
  return error instanceof Error ? error.message : 'Something went wrong.'
}

/** The facts that the server gave along with a refusal; null when there are none. */
export const detailsOf = (error: unknown): Record<string, unknown> | null =>
  error instanceof TRPCClientError ? ((error as TRPCClientError<AppRouter>).data?.details ?? null) : null
