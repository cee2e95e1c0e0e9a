import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Split } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { messageOf } from '@/trpc/react'

export const WORKFLOW_CRUMBS = [{ label: 'Workflows', href: routes.workflows }]

/** The editor on its way, of about its size. */
export function EditorSkeleton({ title }: { title: string }) {
  return (
    <>
      <PageHeader crumbs={WORKFLOW_CRUMBS} title={title} />
      <div role="status">
        <span className="sr-only">Loading</span>
        <Split aside={<Skeleton className="h-64 w-full rounded-card" />}>
          {['name', 'first', 'second'].map((part) => (
            <Card key={part} className="grid gap-3 p-[18px]">
              <Skeleton className="h-4 w-1/3" />
              <Skeleton className="h-8 w-full" />
            </Card>
          ))}
        </Split>
      </div>
    </>
  )
}

/** The page when the editor's data could not be loaded. */
export function LoadFailure({ title, query }: { title: string; query: { error: unknown; refetch: () => unknown } }) {
  return (
    <>
      <PageHeader crumbs={WORKFLOW_CRUMBS} title={title} />
      <ErrorState
        title={messageOf(query.error)}
        untouched="Nothing was changed."
        action={
          <>
            <ButtonLink href={routes.workflows}>All workflows</ButtonLink>
            <Button onClick={() => query.refetch()}>Try again</Button>
          </>
        }
      />
    </>
  )
}
