@echo off
rem Finds the Python of python.org, which does the rest (cai_dat.py). ASCII: any code page reads it.
setlocal
for %%V in (3.13 3.12 3.11) do (
  py -%%V -c "import sys; sys.exit(sys.maxsize < 2**32)" >nul 2>nul && (
    py -%%V -X utf8 "%~dp0cai_dat.py" %*
    goto end
  )
)
python -c "import sys; sys.exit(sys.maxsize < 2**32 or not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && (
  python -X utf8 "%~dp0cai_dat.py" %*
  goto end
)
echo Chua thay Python 3.13, 3.12 hoac 3.11 (64-bit) cua python.org.
echo Cai Python tu trang vua mo, roi bam lai tep nay.
start "" https://www.python.org/downloads/windows/
:end
pause
