package replay

// What is kept of a run costs, in bytes.
const (
	pointBytes        = 32
	turnBytes         = 32
	trackBytes        = 160
	transitionBytes   = 1000 // it is shown, too
	notificationBytes = 1000
)
