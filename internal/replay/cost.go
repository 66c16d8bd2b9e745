package replay

// Memory costs of a run in bytes.
const (
	pointBytes        = 32
	changeBytes       = 32
	trackBytes        = 160
	transitionBytes   = 1000 // including rendering
	notificationBytes = 1000
)
