import { killedReads } from './killed-reads.ts'

killedReads(0)
