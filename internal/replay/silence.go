package replay

// silence is what a service check does without check runs.
type silence struct {
	missingData        missingData
	retention, timeout int64
}

// without returns the status of a group whose last check run was at last. since is when it stopped reporting, 0 if it
// has not.
func (s silence) without(status Status, last int64, since *int64, now int64) Status {
	if now-last > s.retention {
		return Gone
	}
	if s.missingData.when == showNoData && now-last > s.missingData.after {
		status = NoData
	}
	if *since == 0 {
		*since = now
	}
	if s.timeout > 0 && now-*since >= s.timeout {
		return OK
	}
	return status
}
