package sandbox

import (
	"context"
	"net/http"
)

// publishedMonitor updates the index with a written monitor before the response is sent.
func (ac *account) publishedMonitor(ctx context.Context, id int64, a *response) *response {
	if a.status != http.StatusOK {
		return a
	}
	if err := ac.publishMonitor(ctx, id); err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	return a
}

// publishMonitor updates the index entry of a monitor from the store. It reads the store because two writers can
// publish in a different order than they wrote.
func (ac *account) publishMonitor(ctx context.Context, id int64) error {
	ac.index.mu.Lock()
	defer ac.index.mu.Unlock()
	return ac.store.view(func(t tx) error {
		var entry *monitorEntry
		if value := t.get(monitorBucket, monitorKey(id)); value != nil {
			var err error
			if entry, err = newMonitorEntry(id, value); err != nil {
				return err
			}
		}
		ac.apply(ctx, monitorKey(id), func(x *index) { x.setMonitor(id, entry) })
		return nil
	})
}

// publishedDashboards updates the index with written dashboards before the response is sent.
func (ac *account) publishedDashboards(ctx context.Context, ids []string, a *response) *response {
	if a.status >= http.StatusBadRequest {
		return a
	}
	for _, id := range ids {
		if err := ac.publishDashboard(ctx, id); err != nil {
			return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
		}
	}
	return a
}

// publishDashboard updates the index entry of a dashboard from the store, like publishMonitor. Deleted dashboards stay
// in the index, because they can be restored.
func (ac *account) publishDashboard(ctx context.Context, id string) error {
	ac.index.mu.Lock()
	defer ac.index.mu.Unlock()
	return ac.store.view(func(t tx) error {
		entry, err := newDashboardEntry(t.get(dashboardBucket, id))
		if err != nil {
			return err
		}
		ac.apply(ctx, id, func(x *index) { x.setDashboard(id, entry) })
		return nil
	})
}
