import { killedApis } from '../hostile-source/killed-apis.ts'

killedApis(1, 'small')
