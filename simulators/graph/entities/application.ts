import type { EntityType } from './entityType';

/**
 * App registration, with what an administrator of secrets and certificates asks for; settings of the app itself (its
 * platforms, roles, logo) are not simulated. Filter support after Microsoft's resource page.
 */
export const APPLICATION: EntityType = {
	name: 'microsoft.graph.application',
	properties: {
		id: 'text',
		deletedDateTime: 'date',
		appId: 'text',
		createdDateTime: 'date',
		description: 'text',
		displayName: 'text',
		identifierUris: 'texts',
		keyCredentials: 'objects',
		notes: 'text',
		passwordCredentials: 'objects',
		publisherDomain: 'text',
		signInAudience: 'text',
		tags: 'texts',
	},
	filter: {
		id: { eq: 'default', in: 'default' },
		appId: { eq: 'default', in: 'default' },
		createdDateTime: { eq: 'default', range: 'default', in: 'advanced' },
		displayName: { eq: 'default', range: 'default', in: 'default', startsWith: 'default', null: 'advanced' },
		signInAudience: { eq: 'default' },
	},
	orderBy: { displayName: 'default', createdDateTime: 'advanced' },
};
