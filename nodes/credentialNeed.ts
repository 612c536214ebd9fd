import type { INodeProperties } from 'n8n-workflow';

/**
 * A parameter that is never shown and says whether a credential is needed. n8n's editor takes every parameter that a
 * credential's `displayOptions` name for a part of the sign-in, and those that this one's `show` names as well, and hides
 * them all from the panel (seen in n8n 2.40: resource and operation were gone). So a credential that only some settings
 * need depends on a parameter of this kind, and this one is hidden by the settings that do not need it.
 *
 * @param unless settings that do not need the credential; any one of them is enough
 */
export function credentialNeed(name: string, unless: NonNullable<INodeProperties['displayOptions']>['hide']): INodeProperties {
	return { displayName: 'Credential Needed', name, type: 'hidden', default: true, displayOptions: { hide: unless } };
}
