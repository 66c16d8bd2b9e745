package sandbox

// The sandbox has one organization with one user, who owns all keys.
const (
	defaultOrg = 1000001
	userID     = 1000002
	userName   = "Sandbox User"
	userHandle = "sandbox@example.com"
)

func creator() object {
	return object{"id": userID, "name": userName, "handle": userHandle, "email": userHandle}
}
