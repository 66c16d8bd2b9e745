package sandbox

import (
	"net/http"
)

func dashboardNotFound(id string) *response {
	return errorResponse(http.StatusNotFound, "Dashboard with ID "+id+" not found")
}

// liveDashboard reads a dashboard that is not deleted. It returns nil if there is no such dashboard.
func liveDashboard(t tx, id string) (object, error) {
	d, err := anyDashboard(t, id)
	if d[deletedKey] != nil {
		return nil, err
	}
	return d, err
}

// anyDashboard reads a dashboard, deleted or not.
func anyDashboard(t tx, id string) (object, error) {
	value := t.get(dashboardBucket, id)
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// readDashboard reads and checks a request body. It returns a function that copies the body, because a transaction
// modifies its copy and can run more than once.
func readDashboard(r *http.Request) (fresh func() object, rejected *response) {
	sent, rejected := readObject(r)
	if rejected == nil {
		rejected = checkDashboard(sent)
	}
	if rejected != nil {
		return nil, rejected
	}
	data := encode(sent)
	return func() object {
		d, _ := decodeObject(data) // cannot fail: encode wrote it
		return d
	}, nil
}

func (ac *account) createDashboard(r *http.Request) *response {
	sent, rejected := readDashboard(r)
	if rejected != nil {
		return rejected
	}
	var id string
	a := ac.write(func(t tx) (*response, error) {
		counter, err := t.next(dashboardBucket)
		if err != nil {
			return nil, err
		}
		id = dashboardID(counter)
		d, err := normalizeDashboard(t, id, nil, sent())
		if err != nil {
			return nil, err
		}
		now := timestamp(ac.now())
		d["created_at"], d["modified_at"] = now, now
		d["author_handle"], d["author_name"] = userHandle, userName
		body := encode(d)
		return okRaw(body), t.put(dashboardBucket, id, body)
	})
	return ac.publishedDashboards(r.Context(), []string{id}, a)
}

func (ac *account) updateDashboard(r *http.Request) *response {
	id := r.PathValue("id")
	sent, rejected := readDashboard(r)
	if rejected != nil {
		return rejected
	}
	return ac.publishedDashboards(r.Context(), []string{id}, ac.write(func(t tx) (*response, error) {
		old, err := liveDashboard(t, id)
		if err != nil {
			return nil, err
		}
		if old == nil {
			return dashboardNotFound(id), nil
		}
		d, err := normalizeDashboard(t, id, old, sent())
		if err != nil {
			return nil, err
		}
		d["modified_at"] = timestamp(ac.now())
		body := encode(d)
		return okRaw(body), t.put(dashboardBucket, id, body)
	}))
}

func (ac *account) deleteDashboard(r *http.Request) *response {
	id := r.PathValue("id")
	return ac.publishedDashboards(r.Context(), []string{id}, ac.write(func(t tx) (*response, error) {
		rejected, err := ac.setDeleted(t, []string{id}, true)
		if rejected != nil || err != nil {
			return rejected, err
		}
		return ok(object{"deleted_dashboard_id": id}), nil
	}))
}

// deleteDashboards deletes several dashboards, all or none.
func (ac *account) deleteDashboards(r *http.Request) *response { return ac.setAllDeleted(r, true) }

// restoreDashboards restores several deleted dashboards, all or none.
func (ac *account) restoreDashboards(r *http.Request) *response { return ac.setAllDeleted(r, false) }

func (ac *account) setAllDeleted(r *http.Request, deleted bool) *response {
	sent, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	var ids []string
	for _, item := range objects(sent["data"]) {
		ids = append(ids, stringField(item, "id"))
	}
	if len(ids) == 0 {
		return badRequest("The parameter 'data' is required")
	}
	return ac.publishedDashboards(r.Context(), ids, ac.write(func(t tx) (*response, error) {
		rejected, err := ac.setDeleted(t, ids, deleted)
		if rejected != nil || err != nil {
			return rejected, err
		}
		return &response{status: http.StatusNoContent}, nil
	}))
}

// setDeleted marks dashboards as deleted or restored. It checks all of them before it changes any.
func (ac *account) setDeleted(t tx, ids []string, deleted bool) (*response, error) {
	found := map[string]object{}
	for _, id := range ids {
		d, err := anyDashboard(t, id)
		if err != nil {
			return nil, err
		}
		if d == nil || (d[deletedKey] != nil) == deleted {
			return dashboardNotFound(id), nil
		}
		found[id] = d
	}
	for id, d := range found {
		delete(d, deletedKey)
		if deleted {
			d[deletedKey] = timestamp(ac.now())
		}
		if err := t.put(dashboardBucket, id, encode(d)); err != nil {
			return nil, err
		}
	}
	return nil, nil
}
