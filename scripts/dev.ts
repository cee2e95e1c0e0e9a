import { runScript } from './lib/run-script'
import { serve } from './lib/serve'

await runScript(() => serve('development'))
