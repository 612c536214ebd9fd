import { configuration, type Explain, type ExplainedSignIn } from './explanation';

/**
 * Refusals of a partner's sign-in by their AADSTS number, where they mean something else than for an app that signs in
 * by itself. Meanings: contract A3 and A5; https://learn.microsoft.com/entra/identity-platform/reference-error-codes.
 */

const who = ({ account }: ExplainedSignIn): string => (account?.name ? `the partner’s service account ${account.name}` : 'the partner’s service account');

const signInAgain = 'Open the Entra Partner (GDAP) credential in n8n and connect the service account again, with MFA.';

const noConsent: Explain = ({ tenant, clientId, consent }) =>
	configuration(
		`Tenant ${tenant} has not consented to the partner’s app ${clientId} acting for a user.`,
		`An administrator of that tenant consents here: ${consent} Or the partner consents for it through Partner Center (application consents, CPV). Microsoft 365: Customer → Check tells what else is missing.`,
	);

const noRelationship: Explain = (facts) =>
	configuration(
		`Tenant ${facts.tenant} does not let ${who(facts)} in: the account is in no security group that its GDAP relationship gives roles to, or there is no active relationship.`,
		'In Partner Center → Customers → the customer → Admin relationships, open the active relationship, assign it a security group with its roles, and make the service account a member of that group. Changes can take half an hour. Microsoft 365: Customer → Check tells what is missing.',
	);

const unused: Explain = (facts) => configuration(`The sign-in of ${who(facts)} ended because it was not used for 90 days.`, signInAgain);
const revoked: Explain = (facts) => configuration(`The sign-in of ${who(facts)} was revoked: its password was changed or its sessions were ended.`, signInAgain);
const expired: Explain = (facts) => configuration(`The sign-in of ${who(facts)} has expired.`, signInAgain);
const tooFrequent: Explain = (facts) =>
	configuration(
		`The sign-in of ${who(facts)} has expired: a Conditional Access policy asks to sign in again ever so often.`,
		`${signInAgain} To make it last, exclude the account from the sign-in frequency of the policy.`,
	);

const blocked: Explain = (facts) =>
	configuration(
		`A Conditional Access policy of tenant ${facts.tenant} blocks ${who(facts)}.`,
		'An administrator of that tenant excludes the partner from the policy: Users → Exclude → Guest or external users → Service provider users, with the partner’s tenant ID. Or allow the address from which n8n signs in.',
	);

const needsMfa: Explain = (facts) =>
	configuration(
		`Tenant ${facts.tenant} asks ${who(facts)} for MFA, and its sign-in was made without.`,
		`${signInAgain} If the account has no MFA method yet, register one first (https://aka.ms/mfasetup). A tenant that asks for MFA of its own has to trust the partner’s: Entra admin center → External Identities → Cross-tenant access settings.`,
	);

const notConnected: Explain = (facts) => configuration(`Microsoft Entra does not take what is kept of the sign-in of ${who(facts)}.`, signInAgain);

export const PARTNER_BY_NUMBER: Record<number, Explain> = {
	65001: noConsent,
	700016: noConsent,
	50020: noRelationship,
	50177: noRelationship,
	500208: noRelationship,
	700082: unused,
	50173: revoked,
	70008: expired,
	70000: expired,
	70043: tooFrequent,
	53003: blocked,
	530036: blocked,
	50076: needsMfa,
	50079: needsMfa,
	9002313: notConnected,
};
