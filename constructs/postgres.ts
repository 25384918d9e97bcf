import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerActiveDirectoryAdministrator } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-active-directory-administrator';
import { PostgresqlFlexibleServerDatabase } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-database';
import { Construct } from 'constructs';
import type { Settings } from '../config/settings';
import { workload } from '../contract/workload';
import { sendDiagnostics } from './diagnostics';
import type { GatewayIdentity } from './gateway-identity';
import type { Placement } from './placement';
import { PrivateAccess } from './private-access';
import type { WriteOnlySecret } from './secrets';

/** Who may log in: the gateway's identity without any password, or an administrator with one. */
type DatabaseLogin =
  | { readonly identity: GatewayIdentity; readonly tenantId: string }
  | { readonly password: WriteOnlySecret };

export interface PostgresProps {
  readonly name: string;
  readonly settings: Settings['postgres'];
  readonly placement: Placement;
  readonly login: DatabaseLogin;
  readonly deletionProtection: boolean;
}

/** PostgreSQL Flexible Server, reached through its private endpoint only, with the gateway's database. */
export class Postgres extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, props: PostgresProps) {
    super(scope, id);
    const { name, settings, placement, login, deletionProtection } = props;
    const { resourceGroup } = placement;

    const server = new PostgresqlFlexibleServer(this, 'Resource', {
      name,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      skuName: settings.sku,
      version: settings.version,
      storageMb: settings.storageGb * 1024,
      autoGrowEnabled: true,
      backupRetentionDays: settings.backupRetentionDays,
      geoRedundantBackupEnabled: settings.geoRedundantBackup,
      publicNetworkAccessEnabled: false,
      ...(settings.highAvailability !== 'Disabled' && {
        highAvailability: { mode: settings.highAvailability },
      }),
      ...authentication(login),
      lifecycle: {
        preventDestroy: deletionProtection,
        // Azure swaps the zones in a failover and grows the disk; neither is a change to undo.
        ignoreChanges: ['zone', 'high_availability[0].standby_availability_zone', 'storage_mb'],
      },
    });
    const access = new PrivateAccess(this, 'private-access', {
      service: 'postgres',
      target: server,
      targetName: name,
      placement,
    });
    const database = new PostgresqlFlexibleServerDatabase(this, 'database', {
      name: workload.database,
      serverId: server.id,
      charset: 'UTF8',
      collation: 'en_US.utf8',
      lifecycle: { preventDestroy: deletionProtection },
      dependsOn: [access.endpoint],
    });
    if ('identity' in login) {
      new PostgresqlFlexibleServerActiveDirectoryAdministrator(this, 'gateway-login', {
        serverName: server.name,
        resourceGroupName: resourceGroup.name,
        tenantId: login.tenantId,
        objectId: login.identity.principalId,
        principalName: login.identity.name,
        principalType: 'ServicePrincipal',
        dependsOn: [database],
      });
    }
    sendDiagnostics(this, 'diagnostics', {
      targetId: server.id,
      workspace: placement.workspace,
      categories: ['PostgreSQLLogs'],
      metrics: true,
    });
    this.id = server.id;
  }
}

function authentication(login: DatabaseLogin) {
  if ('identity' in login) {
    const { tenantId } = login;
    return { authentication: { activeDirectoryAuthEnabled: true, passwordAuthEnabled: false, tenantId } };
  }
  return {
    administratorLogin: workload.databaseUser,
    administratorPasswordWo: login.password.value,
    administratorPasswordWoVersion: login.password.version,
    authentication: { activeDirectoryAuthEnabled: false, passwordAuthEnabled: true },
  };
}
