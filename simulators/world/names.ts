/** Material for generated tenants. Common names of many languages, so that matching meets diacritics and apostrophes. */
export const GIVEN_NAMES = [
	'Ada', 'Aisha', 'Alan', 'Amelia', 'Ana', 'André', 'Anh', 'Anna', 'Bao', 'Beatriz', 'Ben', 'Björn', 'Carla', 'Carlos', 'Chen',
	'Chloé', 'Dana', 'Daniel', 'Deepa', 'Diego', 'Elena', 'Elif', 'Emma', 'Eva', 'Farid', 'Fatima', 'Felix', 'Grace', 'Hana',
	'Helen', 'Hugo', 'Ida', 'Igor', 'Ingrid', 'Ivan', 'Jack', 'James', 'Jana', 'José', 'Julia', 'Kai', 'Karen', 'Keiko', 'Kofi',
	'Lars', 'Laura', 'Leila', 'Léo', 'Liam', 'Lin', 'Lucía', 'Magda', 'Marek', 'Maria', 'Mateo', 'Maya', 'Mia', 'Mohammed', 'Nadia',
	'Nina', 'Noah', 'Nuno', 'Oksana', 'Olivia', 'Omar', 'Oscar', 'Paul', 'Petra', 'Priya', 'Rafael', 'Raj', 'Renée', 'Rosa', 'Ruth',
	'Sam', 'Sara', 'Sean', 'Sofia', 'Søren', 'Stefan', 'Sven', 'Tara', 'Thomas', 'Tuan', 'Uma', 'Vera', 'Viktor', 'Wei', 'William',
	'Yara', 'Yuki', 'Zoë',
] as const;

export const FAMILY_NAMES = [
	'Adams', 'Ahmed', 'Álvarez', 'Andersen', 'Baker', 'Becker', 'Bianchi', 'Brown', 'Chan', 'Chen', 'Clark', 'Cohen', 'Costa',
	'Cruz', "D'Angelo", 'Davis', 'Diaz', 'Dubois', 'Evans', 'Fernández', 'Fischer', 'Garcia', 'Gruber', 'Haddad', 'Hansen', 'Harris',
	'Horváth', 'Ivanova', 'Jansen', 'Johnson', 'Jones', 'Kaya', 'Kim', 'Klein', 'Kowalski', 'Kumar', 'Larsen', 'Lee', 'Lefèvre',
	'López', 'Martin', 'Mehta', 'Meyer', 'Miller', 'Moreau', 'Müller', 'Murphy', 'Nakamura', 'Nguyen', 'Novák', "O'Brien", "O'Neil",
	'Okafor', 'Olsen', 'Park', 'Patel', 'Pereira', 'Petrov', 'Reyes', 'Ricci', 'Rossi', 'Santos', 'Sato', 'Schmidt', 'Silva', 'Singh',
	'Smith', 'Söderberg', 'Suzuki', 'Tanaka', 'Taylor', 'Tran', 'Varga', 'Walker', 'Weber', 'Weiß', 'Williams', 'Wilson', 'Wong',
	'Yılmaz', 'Young', 'Zhang',
] as const;

export const TITLES = [
	'Accountant', 'Administrator', 'Analyst', 'Architect', 'Assistant', 'Consultant', 'Coordinator', 'Designer', 'Developer',
	'Director', 'Engineer', 'Manager', 'Nurse', 'Planner', 'Receptionist', 'Recruiter', 'Specialist', 'Supervisor', 'Technician',
] as const;

export const DEPARTMENTS = ['Customer Care', 'Engineering', 'Finance', 'Human Resources', 'IT', 'Legal', 'Marketing', 'Operations', 'Sales'] as const;

export const STREETS = ['Cedar Street', 'Harbor Road', 'Lake Drive', 'Main Street', 'Oak Avenue', 'Pier Avenue', 'River Lane', 'Union Street'] as const;

export const TOWNS = [
	{ city: 'Portland', state: 'OR', zip: '97209', area: '503' },
	{ city: 'Seattle', state: 'WA', zip: '98101', area: '206' },
	{ city: 'Boise', state: 'ID', zip: '83702', area: '208' },
	{ city: 'Sacramento', state: 'CA', zip: '95814', area: '916' },
	{ city: 'Reno', state: 'NV', zip: '89501', area: '775' },
] as const;
