import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { TEMPLATE_CRUMBS } from './template-editor'

/** The editor on its way: two columns of about its size. */
export function EditorSkeleton({ title }: { title: string }) {
  return (
    <>
      <PageHeader crumbs={TEMPLATE_CRUMBS} title={title} />
      <div role="status" className="grid gap-4 lg:grid-cols-2">
        <span className="sr-only">Loading</span>
        {['form', 'preview'].map((part) => (
          <Card key={part} className="grid gap-4 p-[18px]">
            <Skeleton className="h-8 w-full" />
            <Skeleton className="h-8 w-full" />
            <Skeleton className="h-64 w-full" />
          </Card>
        ))}
      </div>
    </>
  )
}
