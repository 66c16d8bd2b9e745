package sandbox

import (
	"context"
	"net/http"
)

// publishedMonitor shows a written monitor to readers before its writer is answered.
func (ac *account) publishedMonitor(ctx context.Context, id int64, a *response) *response {
	if a.status != http.StatusOK {
		return a
	}
	if err := ac.publishMonitor(ctx, id); err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	return a
}

// publishMonitor makes the index say what the store says about one id. It reads the store instead of being told,
// so that of two writers that finish at once the later one's object stays, whoever publishes last.
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

// publishedDashboards shows written dashboards to readers before their writer is answered.
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

// publishDashboard does for a dashboard what publishMonitor does for a monitor. Deleted ones stay: they can be
// restored.
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
