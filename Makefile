UNIT ?= kong-long-khong
YEAR ?= 2022
KIND ?=
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A .venv that was copied or moved with its folder still runs the old folder's code: it names the place it was made at.
MOVED := $(shell [ ! -e $(VENV)/pyvenv.cfg ] || grep -qF -- " $(CURDIR)/$(VENV)" $(VENV)/pyvenv.cfg || echo --clear)

# With a folder of wheels (`make wheels`) everything is installed from it and nothing is asked of the network.
WHEELS := wheels
SOURCE := $(if $(wildcard $(WHEELS)/*.whl),--no-index --find-links $(WHEELS))
# A few quick tests of every room, for another Python and for the lowest versions that pyproject.toml allows.
OTHER := .venv-other
FEW := tests/test_numbers.py tests/test_poverty.py tests/test_excel.py tests/test_charts.py tests/test_writers.py \
	tests/test_private_names.py tests/test_seed.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help report check lab preview batch bench faults proofs mutants mutations form-mutations test test-long lint lock wheels test-python test-lowest clean

help: ## Liệt kê các lệnh
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: $(if $(MOVED),$(READY))
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(MOVED) $(VENV)
	$(BIN)/python -m pip install --quiet $(SOURCE) uv
	$(BIN)/uv pip install --quiet $(SOURCE) --compile-bytecode --python $(BIN)/python --require-hashes --requirement requirements.lock
	$(BIN)/uv pip install --quiet $(SOURCE) --python $(BIN)/python --no-deps --editable .
	$(BIN)/python -m compileall -q lib
	@touch $@

report: $(READY) ## Lập báo cáo: make report UNIT=kong-long-khong YEAR=2022
	$(BIN)/giamngheo report --unit $(UNIT) --year $(YEAR) $(if $(KIND),--kind $(KIND))

check: $(READY) ## Kiểm tra số liệu của một đơn vị, một năm
	$(BIN)/giamngheo check --unit $(UNIT) --year $(YEAR)

lab: $(READY) ## Mở JupyterLab ở các sổ tính của một đơn vị, một năm
	$(BIN)/giamngheo lab --unit $(UNIT) --year $(YEAR)

preview: $(READY) ## Xem báo cáo trong trình duyệt, tự lập lại mỗi khi lưu một tệp
	$(BIN)/giamngheo preview --unit $(UNIT) --year $(YEAR) $(if $(KIND),--kind $(KIND))

batch: $(READY) ## Lập báo cáo của mọi đơn vị có số liệu của một năm: make batch YEAR=2022
	$(BIN)/giamngheo batch --year $(YEAR)

bench: $(READY) ## Đo tốc độ, độ bền của việc lập nhiều báo cáo; ghi vào benchmarks/results.md (khoảng mười phút)
	$(BIN)/python benchmarks

faults: $(READY) ## Dừng đột ngột, đầy đĩa, hai người cùng ghi: mất gì? make faults KIND=kill-report N=400; ghi vào benchmarks/faults.md
	$(BIN)/python benchmarks/faults $(KIND) --times $(or $(N),0)

proofs: $(READY) ## Thử 1.000 bộ số đúng và 1.000 bộ có một số không thể đúng (vài phút)
	$(BIN)/python benchmarks/proofs.py

mutants: $(READY) ## Đổi từng chỗ nhỏ trong mã, phép thử có thấy không? make mutants ROOM=law N=200; ghi vào benchmarks/mutants.md (hàng giờ)
	$(BIN)/python benchmarks/mutants.py $(ROOM) $(if $(N),--sample $(N))

mutations: $(READY) ## Thử 10.000 tệp, ô bị gõ sai, chép hỏng: đọc đúng hoặc từ chối; ghi vào benchmarks/mutations.md (vài phút)
	$(BIN)/python benchmarks/mutations.py

form-mutations: $(READY) ## Thử 3.000 biểu tổng hợp bị đổi cột, tên, tổng, dòng: đọc đúng hoặc từ chối; ghi vào benchmarks/form_mutations.md
	$(BIN)/python benchmarks/form_mutations.py

test: $(READY) ## Chạy các phép thử (dưới mười phút)
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not long"

test-long: $(READY) ## Chạy các phép thử còn lại: bị dừng ngang, máy nghèo, cụm máy, môi trường khác (vài phút)
	$(BIN)/python -m pytest -n auto --dist loadfile -m long

lint: $(READY) ## Kiểm tra cách viết mã
	$(BIN)/ruff check lib tests benchmarks docs
	$(BIN)/lint-imports
	$(BIN)/mypy

lock: $(READY) ## Khóa lại phiên bản các thư viện từ pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --extra cluster --extra test pyproject.toml --output-file requirements.lock

wheels: ## Tải mọi thư viện vào thư mục wheels, để make cài ở máy cùng loại không có mạng
	$(PYTHON) -m pip download --quiet --require-hashes --requirement requirements.lock --dest $(WHEELS)
	$(PYTHON) -m pip download --quiet uv hatchling editables --dest $(WHEELS)

test-python: $(READY) ## Chạy một số phép thử bằng Python khác: make test-python PYTHON=python3.13
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) $(OTHER)
	$(BIN)/uv pip install --quiet --python $(OTHER)/bin/python --require-hashes --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(OTHER)/bin/python --no-deps --editable .
	$(OTHER)/bin/python -m pytest $(FEW)

test-lowest: $(READY) ## Chạy một số phép thử với phiên bản thấp nhất của các thư viện đã khai
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) $(OTHER)
	$(BIN)/uv pip install --quiet --python $(OTHER)/bin/python --resolution lowest-direct --editable '.[cluster,test]'
	$(OTHER)/bin/python -m pytest $(FEW)

clean: ## Xóa môi trường và kết quả
	rm -rf $(VENV) $(OTHER)
	find outputs -mindepth 1 ! -name README.md -delete
