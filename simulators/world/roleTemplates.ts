/** Template ids of built-in directory roles, the same in every tenant. Source: Microsoft's "Microsoft Entra built-in roles". */
export const ROLE_TEMPLATES = {
	globalAdministrator: '62e90394-69f5-4237-9190-012177145e10',
	globalReader: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
	reportsReader: '4a5d8f65-41da-4de4-8968-e035b65339cf',
	intuneAdministrator: '3a2c62db-5318-420d-8d74-23affee5d9d5',
	insightsBusinessLeader: '31e939ad-9672-4796-9c2e-873181342d2d',
	directoryReaders: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
	securityReader: '5d6b6bb7-de71-4623-b4af-96380a352509',
	userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
	privilegedAuthenticationAdministrator: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
} as const;
