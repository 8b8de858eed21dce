import { hostileConnections } from '../hostile-source/hostile-connections.ts'
import { killedReads } from '../hostile-source/killed-reads.ts'

hostileConnections(12)
killedReads(6)
