'use client'

import { Button } from '@/components/ui/button'
import { useAlive } from '@/components/ui/use-alive'

/** The button of a form about an account; not to be pressed, but looking as if, before the page listens. */
export function SubmitButton({ pending, children }: { pending: boolean; children: string }) {
  const alive = useAlive()
  return (
    <Button
      type="submit"
      variant="primary"
      size="lg"
      pending={pending}
      disabled={!alive}
      className={alive ? undefined : 'disabled:opacity-100'}
    >
      {children}
    </Button>
  )
}
